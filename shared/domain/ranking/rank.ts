import { applyFactor, diversityFactor, headOutput, headValue, notFinite, outOfRange } from './arithmetic.ts';
import { compilePolicy, type CompiledPolicy } from './compile.ts';
import type { Scalar } from './field.ts';
import { idComparison } from './id-order.ts';
import type { PolicyHead, RankingPolicy } from './policy.ts';
import { Slab } from '../memory/slab.ts';
import { sortByScore } from './sort-by-score.ts';
import type { Candidates } from './candidate-columns.ts';
import type { HeadOutputs, IdOrder, RankingRequest } from './request.ts';

type Request = RankingRequest<Candidates>;

/** A ranked request; every array but `order` stands by candidate index. */
export interface Ranking {
  readonly baseScore: Float64Array;
  readonly multipliedScore: Float64Array;
  /** NaN where the diversity rule left the candidate alone; empty where there is no such rule. */
  readonly diversityFactor: Float64Array;
  readonly finalScore: Float64Array;
  /** Index of the filter that removed the candidate, or −1. */
  readonly removedBy: Int16Array;
  /** Indexes of all candidates that no filter removed, best first, not cut; where a depth was asked, sorted that far. */
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
  const baseScore = baseScores(policy, outputs, request.candidates.length);
  if (baseScore === null) throw refusal(policy, request, outputs);
  return rankScored(policy, request, baseScore, idOrder);
}

/**
 * The base score of every row of a model's outputs, which may be the candidates of many requests. null where an output is
 * missing, of the wrong length, or not finite: `rankRequest` says where.
 */
export function baseScores(
  { heads }: Pick<RankingPolicy, 'heads'>,
  outputs: HeadOutputs,
  rows: number,
): Float64Array | null {
  const score = new Float64Array(rows);
  const waiting: HeadOutput[] = [];
  for (const head of heads) {
    const values = outputs.get(head.output);
    if (values === undefined || values.length !== rows) return null;
    if (head.clamp === null) {
      if (waiting.push({ head, values }) === TOGETHER) addTogether(score, waiting.splice(0));
      continue;
    }
    // only where it is clamped an output that is not finite does not show in the score
    if (!areFinite(values)) return null;
    for (const other of waiting.splice(0)) addHead(score, other);
    addHead(score, { head, values });
  }
  for (const other of waiting) addHead(score, other);
  return areFinite(score) ? score : null;
}

interface HeadOutput {
  readonly head: PolicyHead;
  readonly values: Float32Array;
}

function areFinite(values: Float32Array | Float64Array): boolean {
  for (let at = 0; at < values.length; at += 1) if (!Number.isFinite(values[at])) return false;
  return true;
}

/** So many heads are added while a score is at hand. */
const TOGETHER = 4;

/** As `addHead` of four heads, one after another. */
function addTogether(score: Float64Array, heads: readonly HeadOutput[]): void {
  const [a, b, c, d] = heads;
  if (a === undefined || b === undefined || c === undefined || d === undefined) return;
  const [values, others, thirds, fourths] = [a.values, b.values, c.values, d.values];
  const [{ weight: w0, scale: s0 }, { weight: w1, scale: s1 }] = [a.head, b.head];
  const [{ weight: w2, scale: s2 }, { weight: w3, scale: s3 }] = [c.head, d.head];
  for (let row = 0; row < score.length; row += 1) {
    let sum = (score[row] ?? 0) + w0 * ((values[row] ?? NaN) * s0);
    sum += w1 * ((others[row] ?? NaN) * s1);
    sum += w2 * ((thirds[row] ?? NaN) * s2);
    sum += w3 * ((fourths[row] ?? NaN) * s3);
    score[row] = sum;
  }
}

/**
 * Everything after the base score. `depth`: how much of the order must be sorted; all, unless said, because who looks at
 * the first ten places need not wait for the other ninety.
 */
export function rankScored(
  policy: RankingPolicy,
  request: Request,
  baseScore: Float64Array,
  idOrder: IdOrder,
  depth = Infinity,
): Ranking {
  const compiled = compilePolicy(policy);
  const { diversity, topK } = compiled;
  const multipliedScore = multiply(compiled, request, baseScore);
  const removedBy = filter(compiled, request);
  const order = compiled.filters.length === 0 ? all(removedBy.length) : remaining(removedBy);
  sort(order, multipliedScore, request, idOrder, diversity === null ? depth : Infinity);
  const factors = diversify(compiled, request, order);
  const finalScore = diversity === null ? multipliedScore : spread(multipliedScore, factors);
  if (diversity !== null) sort(order, finalScore, request, idOrder, depth);
  const feedLength = Math.min(topK, order.length);
  return {
    baseScore,
    multipliedScore,
    diversityFactor: factors,
    finalScore,
    removedBy,
    order,
    feedLength,
    idOrder,
  };
}

function spread(score: Float64Array, factors: Float64Array): Float64Array {
  return score.map((value, index) => {
    const factor = factors[index] ?? NaN;
    return Number.isNaN(factor) ? value : applyFactor(value, factor);
  });
}

/** Adds weight × value. */
function addHead(score: Float64Array, { head, values: output }: HeadOutput): void {
  const { weight, scale, clamp } = head;
  // a call for each row takes as long as all of its arithmetic
  if (clamp === null)
    for (let row = 0; row < score.length; row += 1)
      score[row] = (score[row] ?? 0) + weight * ((output[row] ?? NaN) * scale);
  else
    for (let row = 0; row < score.length; row += 1)
      score[row] = (score[row] ?? 0) + weight * headValue(head, output[row] ?? NaN);
}

/** Why a request cannot be scored. */
function refusal({ heads }: RankingPolicy, request: Request, outputs: HeadOutputs): Error {
  const score = new Float64Array(request.candidates.length);
  for (const head of heads) {
    const output = headOutput(head, request, outputs);
    const wrong = output.findIndex((raw) => !Number.isFinite(raw));
    if (wrong !== -1) return notFinite(head, request, wrong, output[wrong] ?? NaN);
    addHead(score, { head, values: output });
  }
  return outOfRange(
    request,
    score.findIndex((value) => !Number.isFinite(value)),
  );
}

function multiply({ multipliers }: CompiledPolicy, request: Request, base: Float64Array): Float64Array {
  const { candidates } = request;
  if (multipliers.length === 0) return base;
  const score = base.slice();
  for (const { holds, factor } of multipliers) {
    for (let index = 0; index < candidates.length; index += 1) {
      const candidate = candidates.at(index);
      if (holds === null || (candidate !== undefined && holds(request, candidate)))
        score[index] = applyFactor(score[index] ?? 0, factor);
    }
  }
  return score;
}

const removals = new Slab((length) => new Int16Array(length).fill(-1));
const orders = new Slab((length) => new Int32Array(length));

function filter({ filters }: CompiledPolicy, request: Request): Int16Array {
  const { candidates } = request;
  const removedBy = removals.row(candidates.length);
  for (const [at, { holds }] of filters.entries()) {
    for (let index = 0; index < candidates.length; index += 1) {
      const candidate = candidates.at(index);
      if (candidate !== undefined && removedBy[index] === -1 && holds(request, candidate))
        removedBy[index] = at;
    }
  }
  return removedBy;
}

function all(length: number): Int32Array {
  const order = orders.row(length);
  for (let index = 0; index < length; index += 1) order[index] = index;
  return order;
}

function remaining(removedBy: Int16Array): Int32Array {
  const order = orders.row(removedBy.length);
  let kept = 0;
  for (let index = 0; index < removedBy.length; index += 1) {
    if (removedBy[index] === -1) order[kept++] = index;
  }
  return order.subarray(0, kept);
}

/** Sorts candidate indexes by score, highest first; ties by smaller item id, then by place in the request. */
function sort(
  order: Int32Array,
  score: Float64Array,
  { candidates }: Request,
  idOrder: IdOrder,
  depth: number,
): void {
  const compareIds = idComparison(idOrder);
  sortByScore(
    order,
    score,
    (a, b) =>
      (compareIds(candidates.at(a)?.item.itemId ?? '', candidates.at(b)?.item.itemId ?? '') || a - b) < 0,
    depth,
  );
}

const NO_FACTORS = new Float64Array();

/** Powers of the decay are products in turn, so that every machine gets the same bits. */
function diversify({ diversity }: CompiledPolicy, request: Request, order: Int32Array): Float64Array {
  if (diversity === null) return NO_FACTORS;
  const { candidates } = request;
  const factors = new Float64Array(candidates.length).fill(NaN);
  const { read, decay, floor } = diversity;
  const nextPower = new Map<Scalar, number>();
  for (const index of order) {
    const candidate = candidates.at(index);
    const value = candidate === undefined ? null : read(request, candidate);
    if (value === null || value === undefined) continue;
    const power = nextPower.get(value) ?? 1;
    factors[index] = diversityFactor(floor, power);
    nextPower.set(value, power * decay);
  }
  return factors;
}
