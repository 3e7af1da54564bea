import type { ItemArithmetic } from './explain.ts';
import type { PolicyHead } from './policy.ts';
import type { IdOrder } from './request.ts';
import { smallestSwap, type Swap } from './swap.ts';

/** Two items of one feed, seen from the first. */
export interface Pair {
  /** Place of the other, from 1. */
  readonly rank: number;
  /** Whether the first stands before it. */
  readonly above: boolean;
  /** By how much, never below 0. */
  readonly margin: number;
  /** The smallest change of one weight that would turn them round; null: there is none. */
  readonly swap: Swap | null;
}

/** Any two items that no filter removed. */
export function pairOf(
  heads: readonly Pick<PolicyHead, 'name' | 'weight' | 'min' | 'max'>[],
  idOrder: IdOrder,
  item: ItemArithmetic,
  other: ItemArithmetic,
): Pair {
  const above = (item.rank ?? Infinity) < (other.rank ?? Infinity);
  const [first, second] = above ? [item, other] : [other, item];
  return {
    rank: other.rank ?? 0,
    above,
    margin: first.finalScore - second.finalScore,
    swap: smallestSwap(heads, first, second, idOrder),
  };
}
