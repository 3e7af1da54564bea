import type { Exposure } from './exposures.ts';
import { computeFeatures, type Example } from './features.ts';
import { isUs } from './region.ts';
import type { User } from './users.ts';

/** The users whose data a model may see, features included. */
export type Population = 'us' | 'outside_us' | 'all';

const MEMBERS: Readonly<Record<Population, (userId: string) => boolean>> = {
  us: isUs,
  outside_us: (userId) => !isUs(userId),
  all: () => true,
};

/** The exposures of a population. */
export const exposuresOf = (exposures: readonly Exposure[], population: Population): Exposure[] =>
  exposures.filter(({ userId }) => MEMBERS[population](userId));

/** A population's examples, their features computed from the exposures of that population alone. */
export const examplesOf = (
  exposures: readonly Exposure[],
  population: Population,
  users: ReadonlyMap<string, User>,
): Example[] => computeFeatures(exposuresOf(exposures, population), users);
