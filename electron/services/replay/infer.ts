import type { Candidates } from '../../../shared/domain/ranking/candidate-columns.ts';
import type { HeadOutputs } from '../../../shared/domain/ranking/request.ts';
import type { SnapshotRequest } from '../../database/snapshot/request.ts';
import type { Model } from '../../workers/model.ts';

/** Features of several requests, row after row; valid until the thread gathers the next batch. */
export interface Batch {
  readonly requests: readonly SnapshotRequest<Candidates>[];
  readonly features: Float32Array;
  readonly rows: number;
}

/** Grows to the largest batch and is used again, because new memory for each batch costs as much as reading it. */
let shared = new Float32Array(0);

export function gather(requests: readonly SnapshotRequest<Candidates>[]): Batch {
  const length = requests.reduce((sum, { features }) => sum + features.length, 0);
  const rows = requests.reduce((sum, { candidates }) => sum + candidates.length, 0);
  if (shared.length < length) shared = new Float32Array(length);
  let at = 0;
  for (const { features } of requests) {
    shared.set(features, at);
    at += features.length;
  }
  return { requests, features: shared.subarray(0, length), rows };
}

/** Runs a model once for a whole batch; answers each request's own outputs. */
export async function inferBatch(model: Model, { requests, features, rows }: Batch): Promise<HeadOutputs[]> {
  const outputs = await model.run(features, rows);
  let from = 0;
  return requests.map(({ candidates }) => {
    const to = from + candidates.length;
    const own = new Map<string, Float32Array>();
    for (const [name, values] of outputs) own.set(name, values.subarray(from, to));
    from = to;
    return own;
  });
}
