import { applyFactor, diversityFactor, headOutput, headValue, notFinite } from '../ranking/arithmetic.ts';
import { compilePolicy } from '../ranking/compile.ts';
import { idComparison } from '../ranking/id-order.ts';
import type { RankingPolicy } from '../ranking/policy.ts';
import type { HeadOutputs, IdOrder, RankingRequest } from '../ranking/request.ts';

/** A request with all that a change of weights leaves alone, so that only the sum and the order are done again. */
export interface KeptRequest {
  readonly candidates: number;
  /** Values of the heads, scaled and clamped, head after head: [heads × candidates]. */
  readonly values: Float64Array;
  readonly multipliers: readonly { readonly factor: number; readonly on: Int32Array }[];
  /** Candidates that no filter removes, by place of their ids: the order that settles ties. */
  readonly byId: Int32Array;
  readonly placeById: Int32Array;
  readonly diversity: { readonly decay: number; readonly floor: number; readonly group: Int32Array } | null;
}

/** Keeps a request under a policy. Throws `bad_input` as `rankRequest` does when an output is not what it must be. */
export function keepRequest(
  policy: RankingPolicy,
  request: RankingRequest,
  outputs: HeadOutputs,
  idOrder: IdOrder,
): KeptRequest {
  const { candidates } = request;
  const count = candidates.length;
  const { heads, multipliers, filters, diversity } = compilePolicy(policy);
  const values = new Float64Array(heads.length * count);
  for (const [at, head] of heads.entries()) {
    const output = headOutput(head, request, outputs);
    for (let index = 0; index < count; index += 1) {
      const raw = output[index] ?? NaN;
      if (!Number.isFinite(raw)) throw notFinite(head, request, index, raw);
      values[at * count + index] = headValue(head, raw);
    }
  }
  const all = Array.from(candidates.keys());
  const where = (holds: (candidate: (typeof candidates)[number]) => boolean): Int32Array =>
    Int32Array.from(all.filter((index) => candidates[index] !== undefined && holds(candidates[index])));
  const compareIds = idComparison(idOrder);
  const byId = where((candidate) => !filters.some(({ holds }) => holds(request, candidate))).toSorted(
    (a, b) => compareIds(candidates[a]?.item.itemId ?? '', candidates[b]?.item.itemId ?? '') || a - b,
  );
  const placeById = new Int32Array(count);
  for (const [place, index] of byId.entries()) placeById[index] = place;
  return {
    candidates: count,
    values,
    byId,
    placeById,
    multipliers: multipliers.map(({ holds, factor }) => ({
      factor,
      on: where((candidate) => holds === null || holds(request, candidate)),
    })),
    diversity:
      diversity === null
        ? null
        : { ...diversity, group: groups(candidates.map((candidate) => diversity.read(request, candidate))) },
  };
}

/** Numbers equal values alike, from 0; −1 where there is none. */
function groups(values: readonly unknown[]): Int32Array {
  const numbers = new Map<unknown, number>();
  return Int32Array.from(values, (value) => {
    if (value === null || value === undefined) return -1;
    const number = numbers.get(value) ?? numbers.size;
    numbers.set(value, number);
    return number;
  });
}

/**
 * The order of a kept request under other weights, one for each head in the policy's order: candidate indexes,
 * best first, not cut, to the last bit as `rankRequest` orders them.
 */
export function orderKept(kept: KeptRequest, weights: ArrayLike<number>): Int32Array {
  const { candidates, values, multipliers, byId, diversity } = kept;
  const score = new Float64Array(candidates);
  for (let at = 0; at * candidates < values.length; at += 1) {
    const weight = weights[at] ?? 0;
    const from = at * candidates;
    for (let index = 0; index < candidates; index += 1) {
      score[index] = (score[index] ?? 0) + weight * (values[from + index] ?? 0);
    }
  }
  for (const { factor, on } of multipliers) {
    for (const index of on) score[index] = applyFactor(score[index] ?? 0, factor);
  }
  const order = byId.slice();
  sort(order, score, kept);
  if (diversity === null) return order;
  const { decay, floor, group } = diversity;
  const power = new Float64Array(candidates).fill(1);
  for (const index of order) {
    const own = group[index] ?? -1;
    if (own === -1) continue;
    const now = power[own] ?? 1;
    score[index] = applyFactor(score[index] ?? 0, diversityFactor(floor, now));
    power[own] = now * decay;
  }
  sort(order, score, kept);
  return order;
}

function sort(order: Int32Array, score: Float64Array, { placeById }: KeptRequest): void {
  order.sort((a, b) => {
    const x = score[a] ?? 0;
    const y = score[b] ?? 0;
    if (x !== y) return x > y ? -1 : 1;
    return (placeById[a] ?? 0) - (placeById[b] ?? 0);
  });
}
