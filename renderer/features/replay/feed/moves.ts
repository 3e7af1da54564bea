import type { FeedComparison, FeedSide, ItemArithmetic } from '../../../../shared/contract/replay.ts';

/** An item of at least one of the two feeds; a place is from 1, null where the feed does not hold it. */
export interface Move {
  readonly itemId: string;
  readonly baseline: number | null;
  readonly candidate: number | null;
}

/** Every item that stands in either feed, once: first the baseline's in order, then the entries. */
export function movesOf(comparison: FeedComparison): Move[] {
  const baseline = placesOf(comparison.baseline);
  const candidate = placesOf(comparison.candidate);
  return [...new Set([...baseline.keys(), ...candidate.keys()])].map((itemId) => ({
    itemId,
    baseline: baseline.get(itemId) ?? null,
    candidate: candidate.get(itemId) ?? null,
  }));
}

/** Places gained from baseline to candidate (up is positive); null for entries and exits. */
export const gainOf = ({ baseline, candidate }: Move): number | null =>
  baseline === null || candidate === null ? null : baseline - candidate;

/** The items the feed shows, in order. */
export const shown = (side: FeedSide): ItemArithmetic[] =>
  side.items.filter((item) => item.position !== null);

/** Ranked, but below the cut. */
export const cut = (side: FeedSide): ItemArithmetic[] =>
  side.items.filter((item) => item.position === null && item.removedBy === null);

export const removed = (side: FeedSide): ItemArithmetic[] =>
  side.items.filter((item) => item.removedBy !== null);

/** Where a side put an item, in words. */
export function placeText(item: ItemArithmetic | undefined): string {
  if (item === undefined) return 'not a candidate';
  if (item.removedBy !== null) return `removed by ${item.removedBy}`;
  if (item.position !== null) return `place ${item.position}`;
  return `rank ${item.rank ?? '?'}, below the cut`;
}

function placesOf(side: FeedSide): Map<string, number> {
  return new Map(
    side.items.flatMap(({ itemId, position }) => (position === null ? [] : [[itemId, position]])),
  );
}
