import { z } from 'zod';
import { CompensatedSum } from '../metrics/compensated-sum.ts';
import { overlapAt } from '../metrics/overlap.ts';
import type { RankingPolicy } from '../ranking/policy.ts';
import { depthsOf } from '../replay/depths.ts';
import { orderKept, type KeptRequest } from './kept-request.ts';

/** How a weight is moved for its sensitivity: from nothing to twice what it is. */
export const SENSITIVITY_FACTORS = [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;

/** What one head's weight is worth on a sample of requests. */
export const HeadWorth = z.object({
  name: z.string(),
  /** Share of the item's absolute score, |weight × value| / Σ |weight × value|: mean and standard deviation over items. */
  share: z.object({ mean: z.number(), deviation: z.number() }).nullable(),
  /** Of 1,000 pairs of neighbours in a ranking, how many stand the other way round with the weight at 0. */
  flips: z.number().nullable(),
  /** Mean overlap with the feed as it is, by depth, for the weight times each of SENSITIVITY_FACTORS. */
  sensitivity: z.array(z.object({ factor: z.number(), overlap: z.array(z.number()) })),
});
export type HeadWorth = z.infer<typeof HeadWorth>;

export const FormulaWorth = z.object({
  requests: z.int(),
  candidates: z.int(),
  /** Pairs of neighbours. */
  pairs: z.int(),
  depths: z.array(z.int()),
  heads: z.array(HeadWorth),
});
export type FormulaWorth = z.infer<typeof FormulaWorth>;

/** Measures what each weight of a policy is worth on requests that were kept under it. */
export function worthOf(policy: RankingPolicy, sample: readonly KeptRequest[]): FormulaWorth {
  const weights = Float64Array.from(policy.heads, ({ weight }) => weight);
  const depths = depthsOf(policy.top_k);
  const orders = sample.map((kept) => orderKept(kept, weights));
  const pairs = orders.reduce((sum, { length }) => sum + Math.max(0, length - 1), 0);
  const shares = sharesOf(weights, sample);
  const heads = policy.heads.map(({ name }, at): HeadWorth => {
    const moved = (factor: number): readonly Int32Array[] => {
      if (factor === 1 || weights[at] === 0) return orders;
      const changed = weights.with(at, (weights[at] ?? 0) * factor);
      return sample.map((kept) => orderKept(kept, changed));
    };
    const without = moved(0);
    const sensitivity = SENSITIVITY_FACTORS.map((factor) => {
      const others = factor === 0 ? without : moved(factor);
      return { factor, overlap: depths.map((depth) => meanOverlap(orders, others, depth)) };
    });
    const flipped = orders.reduce((sum, order, place) => sum + flips(order, without[place] ?? order), 0);
    return {
      name,
      share: shares[at] ?? null,
      flips: pairs === 0 ? null : (flipped / pairs) * 1000,
      sensitivity,
    };
  });
  const candidates = sample.reduce((sum, { candidates }) => sum + candidates, 0);
  return { requests: sample.length, candidates, pairs, depths, heads };
}

/** Neighbours of `before` that stand the other way round in `after`, which holds the same candidates. */
function flips(before: Int32Array, after: Int32Array): number {
  const place = new Map(Array.from(after, (index, place) => [index, place]));
  let flipped = 0;
  for (let at = 1; at < before.length; at += 1) {
    if ((place.get(before[at] ?? -1) ?? 0) < (place.get(before[at - 1] ?? -1) ?? 0)) flipped += 1;
  }
  return flipped;
}

function meanOverlap(before: readonly Int32Array[], after: readonly Int32Array[], depth: number): number {
  const sum = new CompensatedSum();
  for (const [place, order] of before.entries()) {
    const other = after[place] ?? order;
    sum.add(order === other ? 1 : overlapAt(order, other, depth));
  }
  return before.length === 0 ? 1 : sum.value / before.length;
}

/** Shares by head over all items that no filter removes and whose heads add anything at all. */
function sharesOf(weights: Float64Array, sample: readonly KeptRequest[]): HeadWorth['share'][] {
  const sums = Array.from(weights, () => new CompensatedSum());
  const squares = Array.from(weights, () => new CompensatedSum());
  let items = 0;
  const shares = new Float64Array(weights.length);
  for (const { candidates, values, byId } of sample) {
    for (const index of byId) {
      let whole = 0;
      for (let at = 0; at < weights.length; at += 1) {
        shares[at] = Math.abs((weights[at] ?? 0) * (values[at * candidates + index] ?? 0));
        whole += shares[at] ?? 0;
      }
      if (whole === 0) continue;
      items += 1;
      for (let at = 0; at < weights.length; at += 1) {
        const share = (shares[at] ?? 0) / whole;
        sums[at]?.add(share);
        squares[at]?.add(share * share);
      }
    }
  }
  return sums.map((sum, at) => {
    if (items === 0) return null;
    const mean = sum.value / items;
    const variance = (squares[at]?.value ?? 0) / items - mean * mean;
    return { mean, deviation: Math.sqrt(Math.max(0, variance)) };
  });
}
