import type { Candidates } from '../../../shared/domain/ranking/candidate-columns.ts';
import type { HeadOutputs } from '../../../shared/domain/ranking/request.ts';
import type { SnapshotRequest } from '../../database/snapshot/request.ts';
import type { Model, ModelOutputs } from '../../workers/model.ts';

/** Features of several requests, row after row; valid until the thread gathers another batch at the same place. */
export interface Batch {
  readonly features: Float32Array;
  readonly rows: number;
  /** By request where its rows begin, and where the last ones end. */
  readonly bounds: Int32Array;
}

/** Outputs of a whole batch, and of each of its requests. */
export interface BatchOutputs {
  readonly whole: ModelOutputs;
  readonly requests: readonly HeadOutputs[];
}

/**
 * By place the memory of batches there. It grows to the largest and is used again, because new memory for each batch costs as
 * much as reading it.
 */
const memory: Float32Array[] = [];

/** Moves the features into one batch: the requests' own are empty after it. */
export function gather(requests: readonly SnapshotRequest<Candidates>[], place = 0): Batch {
  const length = requests.reduce((sum, { features }) => sum + features.length, 0);
  const bounds = new Int32Array(requests.length + 1);
  let shared = memory[place] ?? new Float32Array(length);
  if (shared.length < length) shared = new Float32Array(length);
  memory[place] = shared;
  let from = 0;
  for (const [at, { features, candidates }] of requests.entries()) {
    shared.set(features, from);
    from += features.length;
    bounds[at + 1] = (bounds[at] ?? 0) + candidates.length;
    release(features);
  }
  return { features: shared.subarray(0, length), rows: bounds[requests.length] ?? 0, bounds };
}

/**
 * Gives memory back at once. Left to the garbage collector, which counts it as its own, a few blocks of features make it
 * look through all that is alive, and the next are read into memory that no cache holds.
 */
function release({ buffer, byteLength }: Float32Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}

/** Runs a model once for a whole batch. */
export async function inferBatch(model: Model, { features, rows, bounds }: Batch): Promise<BatchOutputs> {
  const whole = await model.run(features, rows);
  const requests = Array.from(bounds.subarray(1), (to, at) => new PartOfOutputs(whole, bounds[at] ?? 0, to));
  return { whole, requests };
}

/** Some rows of a batch; of most outputs nobody asks for them. */
class PartOfOutputs implements HeadOutputs {
  readonly #outputs: ModelOutputs;
  readonly #from: number;
  readonly #to: number;

  constructor(outputs: ModelOutputs, from: number, to: number) {
    this.#outputs = outputs;
    this.#from = from;
    this.#to = to;
  }

  get(name: string): Float32Array | undefined {
    return this.#outputs.get(name)?.subarray(this.#from, this.#to);
  }
}
