import { badInput } from '../error.ts';
import type { PolicyHead } from './policy.ts';
import type { Candidates } from './candidate-columns.ts';
import type { HeadOutputs, RankingRequest } from './request.ts';

/** A factor below 1 demotes whatever the sign: score × factor where score ≥ 0, score / factor where negative. */
export function applyFactor(score: number, factor: number): number {
  return score >= 0 ? score * factor : score / factor;
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
