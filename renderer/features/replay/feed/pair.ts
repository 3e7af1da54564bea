import type { FeedComparison, FeedSide, ItemArithmetic } from '../../../../shared/contract/replay.ts';
import { smallestSwap, type Swap } from '../../../../shared/domain/ranking/swap.ts';

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

/** An item and the next one below it, as the arithmetic has it; null for the last. */
export const nextOf = ({ beats }: Pick<ItemArithmetic, 'beats'>): Pair | null =>
  beats === null ? null : { rank: beats.rank, above: true, margin: beats.margin, swap: beats.swap };

/** Any two items that no filter removed. */
export function pairOf(
  { heads }: Pick<FeedSide, 'heads'>,
  idOrder: FeedComparison['idOrder'],
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
