/**
 * Quality of a feed against what users said of its candidates, by the conventions of trec_eval 9: an item is
 * relevant when its relevance is above 0; one nobody judged (NaN) is not; the order given is the order judged,
 * its ties already settled. `relevance` stands by candidate index, `feed` holds candidate indexes, best first.
 * Requests without a relevant candidate say nothing: null.
 */

/** How many candidates are relevant. */
export function relevantCount(relevance: Float64Array): number {
  let count = 0;
  for (let at = 0; at < relevance.length; at += 1) if ((relevance[at] ?? NaN) > 0) count += 1;
  return count;
}

/** How many of the first k items are relevant. */
function foundAt(relevance: Float64Array, feed: ArrayLike<number>, k: number): number {
  let found = 0;
  const depth = Math.min(k, feed.length);
  for (let at = 0; at < depth; at += 1) if ((relevance[feed[at] ?? -1] ?? 0) > 0) found += 1;
  return found;
}

/**
 * Precision at k: relevant items among the first k, divided by k even where the feed is shorter (trec_eval `P_k`;
 * C. van Rijsbergen, Information Retrieval, 2nd ed., 1979, ch. 7).
 */
export function precisionAt(
  relevance: Float64Array,
  feed: ArrayLike<number>,
  k: number,
  relevant: number = relevantCount(relevance),
): number | null {
  return relevant === 0 ? null : foundAt(relevance, feed, k) / k;
}

/** Recall at k: relevant items among the first k, divided by all relevant candidates (trec_eval `recall_k`). */
export function recallAt(
  relevance: Float64Array,
  feed: ArrayLike<number>,
  k: number,
  relevant: number = relevantCount(relevance),
): number | null {
  return relevant === 0 ? null : foundAt(relevance, feed, k) / relevant;
}

/**
 * Average precision of the first k items: Σ over the relevant ones of the precision at their rank, divided by
 * all relevant candidates, so that those left out count 0 (trec_eval `map_cut_k`; its mean over requests is MAP.
 * C. Buckley, E. Voorhees, "Evaluating Evaluation Measure Stability", SIGIR 2000).
 */
export function averagePrecisionAt(
  relevance: Float64Array,
  feed: ArrayLike<number>,
  k: number,
  relevant: number = relevantCount(relevance),
): number | null {
  if (relevant === 0) return null;
  let found = 0;
  let sum = 0;
  const depth = Math.min(k, feed.length);
  for (let at = 0; at < depth; at += 1) {
    if (!((relevance[feed[at] ?? -1] ?? 0) > 0)) continue;
    found += 1;
    sum += found / (at + 1);
  }
  return sum / relevant;
}

/**
 * Reciprocal rank: 1 / the place of the first relevant item, 0 when the feed has none (trec_eval `recip_rank`; its
 * mean is MRR. E. Voorhees, "The TREC-8 Question Answering Track Report", 1999).
 */
export function reciprocalRank(
  relevance: Float64Array,
  feed: ArrayLike<number>,
  relevant: number = relevantCount(relevance),
): number | null {
  if (relevant === 0) return null;
  for (let at = 0; at < feed.length; at += 1) if ((relevance[feed[at] ?? -1] ?? 0) > 0) return 1 / (at + 1);
  return 0;
}
