import { headPs, type HeadSides } from '../metrics/head-swaps.ts';
import { groupSwaps } from '../statistics/group-swaps.ts';
import { worstUsersDrawn, worstUsersP, type UserHarms } from '../statistics/worst-users.ts';
import { concentrationIntervals, type Concentration } from './author-concentration.ts';
import type { GroupedExposure } from './author-exposure.ts';
import {
  authorSwaps,
  concentrationDifferences,
  concentrationPs,
  type ConcentrationDifferences,
} from './author-swaps.ts';
import { coverageP, type ShownGroups } from './coverage-swaps.ts';
import type { DrawnSides } from './inference.ts';

/** What intervals and p values of figures that are no means over requests are made from; null where there is nothing. */
export interface ToWorkOut {
  readonly seed: number;
  readonly harms: UserHarms | null;
  readonly exposure: GroupedExposure | null;
  /** After each of `authorSwaps`, where it is known already. */
  readonly swappedAuthors?: ConcentrationDifferences;
  readonly shown: ShownGroups;
  /** By name; of both rankers. */
  readonly heads: ReadonlyMap<string, HeadSides>;
}

/** What comes of it, which takes long enough to be worked out elsewhere. A p value is null where nothing differs. */
export interface WorkedOut {
  /** The worst tenth of users in every draw. */
  readonly worst: { readonly drawn: DrawnSides; readonly p: number | null } | null;
  readonly authors: {
    readonly intervals: ReturnType<typeof concentrationIntervals>;
    readonly ps: Readonly<Record<Concentration, number | null>>;
  } | null;
  readonly coverageP: number | null;
  readonly headPs: ReadonlyMap<string, ReturnType<typeof headPs>>;
}

export function workOut({ seed, harms, exposure, swappedAuthors, shown, heads }: ToWorkOut): WorkedOut {
  const swaps = groupSwaps(seed);
  return {
    worst: harms && { drawn: worstUsersDrawn(harms), p: worstUsersP(harms) },
    authors: exposure && {
      intervals: concentrationIntervals(exposure),
      ps: concentrationPs(swappedAuthors ?? concentrationDifferences(exposure, authorSwaps(seed))),
    },
    coverageP: coverageP(shown, swaps),
    headPs: new Map(Array.from(heads, ([head, sides]) => [head, headPs(sides, swaps)])),
  };
}
