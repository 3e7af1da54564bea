import type { Interval } from './interval.ts';
import { studentQuantile } from './student.ts';

/** Groups that requests are put into by their mark. */
export const GROUPS = 32;

const STUDENT = studentQuantile(GROUPS - 1);

/** The group of a request, 0 to GROUPS − 1, by its `requestMark`. */
export const groupOf = (mark: number): number => mark % GROUPS;

/**
 * The 95 % interval of a figure that is no mean over requests, by the delete-a-group jackknife: estimate ± t · s, where
 * s² = (G − 1)/G · Σ (θ₍g₎ − mean)² over the figure without each of G groups of requests in turn, and t is Student's
 * with G − 1 degrees of freedom (P. Kott, "The Delete-a-Group Jackknife", Journal of Official Statistics 17(4), 2001;
 * B. Efron, R. Tibshirani, An Introduction to the Bootstrap, 1993, eq. 11.5). For a difference give the differences,
 * so that both sides lose the same requests. Not a bootstrap: drawing groups with replacement shows fewer authors and
 * items than there are, and centres such figures wrongly. Null: the figure of some group's rest is not known.
 */
export function jackknifeInterval(whole: number, without: readonly (number | null)[]): Interval | null {
  const known = without.filter((value) => value !== null);
  if (known.length !== GROUPS) return null;
  const mean = known.reduce((sum, value) => sum + value, 0) / GROUPS;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const half = STUDENT * Math.sqrt(((GROUPS - 1) / GROUPS) * squares);
  return { lower: whole - half, upper: whole + half };
}
