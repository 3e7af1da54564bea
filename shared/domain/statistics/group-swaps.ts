import { Random } from './random.ts';
import { DRAWS } from './resample.ts';

const PURPOSE = 0x73776170;

/**
 * Which groups of requests change their rankers over, in every draw: bit g of a word stands for group g, a fair coin
 * each. Where the rankers are exchangeable request by request, swapping both of a whole group leaves every figure's
 * distribution as it is, so figures of swapped groups tell what chance alone does (R. Fisher, The Design of
 * Experiments, 1935, § 21, with groups for units; E. Edgington, P. Onghena, Randomization Tests, 2007, ch. 6).
 */
export function groupSwaps(seed: number, draws: number = DRAWS): Int32Array {
  const random = new Random(seed, draws, PURPOSE);
  return Int32Array.from({ length: draws }, () => random.next());
}

/** No group swapped: the figures as they are. */
export const AS_SEEN = 0;

/** Whether the rankers of a group are swapped. */
export const isSwapped = (swaps: number, group: number): boolean => ((swaps >>> group) & 1) === 1;
