import { leastP } from '../statistics/significance.ts';
import type { Measure } from './report.ts';

/**
 * The p value below which its test cannot tell, where the measure's is that one: with more draws it might be smaller.
 * Null for any other, and for one that is worked out from a distribution.
 */
export function leastPOf({ p, draws, test }: Pick<Measure, 'p' | 'draws' | 'test'>): number | null {
  if (p === null || p === undefined || draws === undefined || test === 'bootstrap normal') return null;
  const least = leastP(draws);
  return p <= least ? least : null;
}
