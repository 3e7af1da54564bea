import { discountOf } from './discount.ts';

/** What a place is worth: 1 / log2(1 + rank), rank from 1 (A. Singh, T. Joachims, "Fairness of Exposure in Rankings", KDD 2018). */
export function exposureOf(rank: number): number {
  return 1 / discountOf(rank);
}

/**
 * The share of the exposure of the first k places that falls to marked items, 0 to 1: Σ exposure of marked /
 * Σ exposure of all. `marks` stands by candidate index, 1 marked, 0 not; `feed` holds candidate indexes, best first.
 * Null: the feed is empty.
 */
export function exposureShareAt(marks: ArrayLike<number>, feed: ArrayLike<number>, k: number): number | null {
  let all = 0;
  let marked = 0;
  const depth = Math.min(k, feed.length);
  for (let at = 0; at < depth; at += 1) {
    const exposure = exposureOf(at + 1);
    all += exposure;
    marked += exposure * (marks[feed[at] ?? -1] ?? 0);
  }
  return all === 0 ? null : marked / all;
}

/** 1 when any of the first k items is marked, else 0: its mean is the share of feeds with one. Null: the feed is empty. */
export function anyMarkedAt(marks: ArrayLike<number>, feed: ArrayLike<number>, k: number): number | null {
  const depth = Math.min(k, feed.length);
  if (depth === 0) return null;
  for (let at = 0; at < depth; at += 1) if (marks[feed[at] ?? -1] === 1) return 1;
  return 0;
}
