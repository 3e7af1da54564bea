import { applyFactor, headOutput, headValue, notFinite } from './arithmetic.ts';
import { compilePolicy, type CompiledPolicy } from './compile.ts';
import type { Scalar } from './field.ts';
import { idComparison } from './id-order.ts';
import type { RankingPolicy } from './policy.ts';
import { sortByScore } from './sort-by-score.ts';
import type { Candidates } from './candidate-columns.ts';
import type { HeadOutputs, IdOrder, RankingRequest } from './request.ts';

type Request = RankingRequest<Candidates>;

/** A ranked request; every array but `order` stands by candidate index. */
export interface Ranking {
  readonly baseScore: Float64Array;
  readonly multipliedScore: Float64Array;
  /** NaN where the diversity rule left the candidate alone. */
  readonly diversityFactor: Float64Array;
  readonly finalScore: Float64Array;
  /** Index of the filter that removed the candidate, or −1. */
  readonly removedBy: Int16Array;
  /** Indexes of all candidates that no filter removed, best first, not cut. */
  readonly order: Int32Array;
  /** How many of `order` the feed shows. */
  readonly feedLength: number;
  /** How ties were settled. */
  readonly idOrder: IdOrder;
}

/**
 * Ranks one request: Σ weight × value in float64 in the order written, multipliers, filters, order, diversity,
 * order again, cut. Throws `bad_input` when an output is missing, of the wrong length, or not finite.
 */
export function rankRequest(
  policy: RankingPolicy,
  request: Request,
  outputs: HeadOutputs,
  idOrder: IdOrder,
): Ranking {
  const compiled = compilePolicy(policy);
  const baseScore = weigh(compiled, request, outputs);
  const multipliedScore = multiply(compiled, request, baseScore);
  const removedBy = filter(compiled, request);
  const order = remaining(removedBy);
  sort(order, multipliedScore, request, idOrder);
  const diversityFactor = diversify(compiled, request, order);
  const finalScore = compiled.diversity === null ? multipliedScore : spread(multipliedScore, diversityFactor);
  if (compiled.diversity !== null) sort(order, finalScore, request, idOrder);
  const feedLength = Math.min(compiled.topK, order.length);
  return { baseScore, multipliedScore, diversityFactor, finalScore, removedBy, order, feedLength, idOrder };
}

function spread(score: Float64Array, factors: Float64Array): Float64Array {
  return score.map((value, index) => {
    const factor = factors[index] ?? NaN;
    return Number.isNaN(factor) ? value : applyFactor(value, factor);
  });
}

function weigh({ heads }: CompiledPolicy, request: Request, outputs: HeadOutputs): Float64Array {
  const score = new Float64Array(request.candidates.length);
  for (const head of heads) {
    const output = headOutput(head, request, outputs);
    const { weight } = head;
    for (let index = 0; index < score.length; index += 1) {
      const raw = output[index] ?? NaN;
      if (!Number.isFinite(raw)) throw notFinite(head, request, index, raw);
      score[index] = (score[index] ?? 0) + weight * headValue(head, raw);
    }
  }
  return score;
}

function multiply(
  { multipliers }: CompiledPolicy,
  { user, candidates }: Request,
  base: Float64Array,
): Float64Array {
  const score = base.slice();
  for (const { holds, factor } of multipliers) {
    for (let index = 0; index < candidates.length; index += 1) {
      const candidate = candidates.at(index);
      if (holds === null || (candidate !== undefined && holds(user, candidate)))
        score[index] = applyFactor(score[index] ?? 0, factor);
    }
  }
  return score;
}

function filter({ filters }: CompiledPolicy, { user, candidates }: Request): Int16Array {
  const removedBy = new Int16Array(candidates.length).fill(-1);
  for (const [at, { holds }] of filters.entries()) {
    for (let index = 0; index < candidates.length; index += 1) {
      const candidate = candidates.at(index);
      if (candidate !== undefined && removedBy[index] === -1 && holds(user, candidate)) removedBy[index] = at;
    }
  }
  return removedBy;
}

function remaining(removedBy: Int16Array): Int32Array {
  const order = new Int32Array(removedBy.length);
  let kept = 0;
  for (let index = 0; index < removedBy.length; index += 1) {
    if (removedBy[index] === -1) order[kept++] = index;
  }
  return order.subarray(0, kept);
}

/** Sorts candidate indexes by score, highest first; ties by smaller item id, then by place in the request. */
function sort(order: Int32Array, score: Float64Array, { candidates }: Request, idOrder: IdOrder): void {
  const compareIds = idComparison(idOrder);
  sortByScore(
    order,
    score,
    (a, b) =>
      (compareIds(candidates.at(a)?.item.itemId ?? '', candidates.at(b)?.item.itemId ?? '') || a - b) < 0,
  );
}

/** Powers of the decay are products in turn, so that every machine gets the same bits. */
function diversify(
  { diversity }: CompiledPolicy,
  { user, candidates }: Request,
  order: Int32Array,
): Float64Array {
  const factors = new Float64Array(candidates.length).fill(NaN);
  if (diversity === null) return factors;
  const { read, decay, floor } = diversity;
  const nextPower = new Map<Scalar, number>();
  for (const index of order) {
    const candidate = candidates.at(index);
    const value = candidate === undefined ? null : read(user, candidate);
    if (value === null || value === undefined) continue;
    const power = nextPower.get(value) ?? 1;
    factors[index] = (1 - floor) * power + floor;
    nextPower.set(value, power * decay);
  }
  return factors;
}
