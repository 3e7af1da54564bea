import { badInput } from '../error.ts';
import type { PolicyHead } from './policy.ts';
import type { Candidates } from './candidate-columns.ts';
import type { HeadOutputs, RankingRequest } from './request.ts';

const LARGEST = Number.MAX_VALUE;
/** The smallest normal number of float64. */
const LEAST_FACTOR = 2 ** -1022;

/**
 * A factor below 1 demotes whatever the sign: score × factor where score ≥ 0, score / factor where negative. What float64
 * cannot hold becomes its largest number of that sign, which orders as infinity would.
 */
export function applyFactor(score: number, factor: number): number {
  return score >= 0 ? Math.min(score * factor, LARGEST) : Math.max(score / factor, -LARGEST);
}

/**
 * The factor `(1 − floor) · decay^k + floor` of the diversity rule; `power` is decay^k. Factors are above 0: without a
 * floor a power that leaves the range of normal numbers counts as the smallest of them.
 */
export function diversityFactor(floor: number, power: number): number {
  return Math.max((1 - floor) * power + floor, LEAST_FACTOR);
}

/** What a head adds from: the raw output, scaled, then clamped. */
export function headValue({ scale, clamp }: PolicyHead, output: number): number {
  const scaled = output * scale;
  if (clamp === null) return scaled;
  return Math.min(Math.max(scaled, clamp.min ?? -Infinity), clamp.max ?? Infinity);
}

/** The model's output that a head names. Throws `bad_input` when it is missing or of the wrong length. */
export function headOutput(
  head: PolicyHead,
  request: RankingRequest<Candidates>,
  outputs: HeadOutputs,
): Float32Array {
  const output = outputs.get(head.output);
  if (output === undefined) {
    throw badInput(
      `The model has no output "${head.output}", which head "${head.name}" of the ranking policy names; correct policy.yaml or the model.`,
    );
  }
  const count = request.candidates.length;
  if (output.length !== count) {
    throw badInput(
      `The model's output "${head.output}" holds ${output.length} values for the ${count} candidates of request ${request.requestId}; it must give one value for each.`,
    );
  }
  return output;
}

/** The refusal of a request whose scores leave the range of float64. */
export function outOfRange(request: RankingRequest<Candidates>, index: number): Error {
  const itemId = request.candidates.at(index)?.item.itemId ?? '';
  return badInput(
    `The score of item ${itemId} of request ${request.requestId} is larger than a number can be; lower the weights or scales of the ranking policy.`,
  );
}

/** The refusal of a request in which a head gave NaN or infinity. */
export function notFinite(
  head: PolicyHead,
  request: RankingRequest<Candidates>,
  index: number,
  output: number,
): Error {
  const itemId = request.candidates.at(index)?.item.itemId ?? '';
  return badInput(
    `Head "${head.name}" gave ${output} for item ${itemId} of request ${request.requestId}; a model whose outputs are not finite numbers cannot rank, correct the model.`,
  );
}
