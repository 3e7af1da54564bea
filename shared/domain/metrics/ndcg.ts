import { discountOf } from './discount.ts';
import { relevantCount } from './ranking-quality.ts';

/** The gains above 0, largest first: the best possible order of the candidates. */
export function idealGains(relevance: Float64Array): Float64Array {
  const gains = new Float64Array(relevantCount(relevance));
  let kept = 0;
  for (let index = 0; kept < gains.length; index += 1) {
    const gain = relevance[index] ?? NaN;
    if (!(gain > 0)) continue;
    let at = kept++;
    for (; at > 0 && (gains[at - 1] ?? 0) < gain; at -= 1) gains[at] = gains[at - 1] ?? 0;
    gains[at] = gain;
  }
  return gains;
}

/**
 * Normalised discounted cumulative gain of a feed at depth k, 0 to 1, as trec_eval's `ndcg_cut` has it
 * (K. Järvelin, J. Kekäläinen, "Cumulated Gain-Based Evaluation of IR Techniques", ACM TOIS 20(4), 2002, with
 * the discount of every rank): gain = relevance, discount = 1 / log2(rank + 1), divided by the same sum over
 * the best possible order of all the request's candidates. NaN, an item nobody judged, gains 0.
 *
 * `relevance` stands by candidate index, `feed` holds candidate indexes, best first. Null: no candidate is
 * relevant. `best` is `idealGains(relevance)`, given where several depths are asked.
 */
export function ndcgAt(
  relevance: Float64Array,
  feed: ArrayLike<number>,
  k: number,
  best: Float64Array = idealGains(relevance),
): number | null {
  if (best.length === 0) return null;
  const depth = Math.min(k, feed.length);
  let gained = 0;
  for (let at = 0; at < depth; at += 1) {
    const gain = relevance[feed[at] ?? -1] ?? 0;
    if (gain > 0) gained += gain / discountOf(at + 1);
  }
  let ideal = 0;
  for (let at = 0; at < Math.min(k, best.length); at += 1) ideal += (best[at] ?? 0) / discountOf(at + 1);
  return gained / ideal;
}
