import type { Measure } from '../../../shared/domain/replay/report.ts';
import { plural } from '../../components/number.ts';

type Drawn = Pick<Measure, 'intervals' | 'draws'>;

/** Draws that all intervals and all tests of a table rest on: said once, over it. Null where it is told row by row. */
export function commonDraws(measures: readonly Drawn[]): { intervals: number | null; tests: number | null } {
  const one = (draws: readonly (number | undefined)[]): number | null => {
    const told = [...new Set(draws.filter((value) => value !== undefined))];
    return told.length === 1 ? (told[0] ?? null) : null;
  };
  return {
    intervals: one(measures.map(({ intervals }) => intervals?.draws)),
    tests: one(measures.map(({ draws }) => draws)),
  };
}

/** "1,000 draws" where they are not the common ones; null where nothing is to be said. */
export const ownDraws = (draws: number | undefined, common: number | null): string | null =>
  draws === undefined || draws === common ? null : plural(draws, 'draw');
