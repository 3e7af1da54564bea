import type { SnapshotReader } from '../../database/snapshot/reader.ts';
import type { Model } from '../../workers/model.ts';

/** The candidates of some requests, one after another, with what their users did. */
export interface ImportanceSample {
  readonly requestIds: readonly string[];
  /** Row-major [candidates × columns]. */
  readonly features: Float32Array;
  readonly columns: number;
  /** Place behind the last candidate of each request. */
  readonly ends: readonly number[];
  /** By name of a binary signal: 1, 0, NaN where nothing was observed. */
  readonly signals: ReadonlyMap<string, Float32Array>;
}

const MOST_CANDIDATES = 40_000;
const ROWS_AT_ONCE = 4096;

/** Reads requests in the given order until there are 40,000 candidates. */
export function readSample(reader: SnapshotReader, requestIds: readonly string[]): ImportanceSample {
  const read = [];
  const ends: number[] = [];
  for (const id of requestIds) {
    const request = reader.request(id);
    const end = (ends.at(-1) ?? 0) + request.candidates.length;
    if (end > MOST_CANDIDATES && read.length > 0) break;
    read.push(request);
    ends.push(end);
  }
  const rows = ends.at(-1) ?? 0;
  const columns = reader.features.length;
  const features = new Float32Array(rows * columns);
  const signals = new Map(
    reader.signals
      .filter(({ kind }) => kind === 'binary')
      .map(({ name }) => [name, new Float32Array(rows).fill(NaN)]),
  );
  for (const [at, request] of read.entries()) {
    const first = at === 0 ? 0 : (ends[at - 1] ?? 0);
    features.set(request.features, first * columns);
    for (const [place, { name }] of reader.signals.entries()) {
      const seen = signals.get(name);
      if (seen === undefined) continue;
      for (let row = 0; row < request.candidates.length; row += 1)
        seen[first + row] = request.feedback[row * reader.signals.length + place] ?? NaN;
    }
  }
  return { requestIds: read.map(({ requestId }) => requestId), features, columns, ends, signals };
}

/** Runs a model over a table of candidates, some thousand at a time; the answers of each output are in one row. */
export async function runModel(
  model: Model,
  features: Float32Array,
  columns: number,
): Promise<Map<string, Float32Array>> {
  const rows = features.length / columns;
  const outputs = new Map(model.outputs.map((name) => [name, new Float32Array(rows)]));
  for (let from = 0; from < rows; from += ROWS_AT_ONCE) {
    const count = Math.min(ROWS_AT_ONCE, rows - from);
    const part = await model.run(features.subarray(from * columns, (from + count) * columns), count);
    for (const [name, values] of part) outputs.get(name)?.set(values, from);
  }
  return outputs;
}
