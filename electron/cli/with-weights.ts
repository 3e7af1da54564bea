import { setFlagsFromString } from 'node:v8';
import { InvalidArgumentError } from 'commander';
import { badInput } from '../../shared/domain/error.ts';
import { openWeights, type OpenWeights } from '../services/weights/open-weights.ts';
import type { Course } from '../services/weights/statistics.ts';
import type { StoredTensor } from '../services/weights/stored-tensor.ts';
import { WeightsPool } from '../workers/weights-pool.ts';
import { workerFiles } from '../installed-files.ts';
import { progress } from './output.ts';
import { whole } from './weights-text.ts';

/** Which tensors of a file, and on how many threads. */
export interface WeightsOptions {
  readonly tensor?: string;
  readonly threads?: number;
}

/** Opens weights files or bundles, with threads to walk over them, and closes all of it in the end. */
export async function withWeights<Value>(
  paths: readonly string[],
  { tensor, threads }: WeightsOptions,
  use: (tensors: StoredTensor[][], pool: WeightsPool) => Promise<Value>,
): Promise<Value> {
  // answers come and go by the thousand: collect them instead of making room for hundreds of megabytes
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=30');
  const open: OpenWeights[] = [];
  const pool = new WeightsPool(workerFiles.weights, threads);
  try {
    for (const path of paths) open.push(await openWeights(path));
    const chosen = open.map(({ tensors }) =>
      tensors.filter(({ name }) => tensor === undefined || name === tensor),
    );
    if (tensor !== undefined && chosen.every((tensors) => tensors.length === 0))
      throw badInput(
        `${paths.join(' and ')} hold${paths.length === 1 ? 's' : ''} no tensor "${tensor}"; list the names with weights stats.`,
      );
    return await use(chosen, pool);
  } finally {
    progress('');
    await pool.close();
    for (const weights of open) await weights.dispose();
  }
}

/** A walk that says how far it is. */
export const course = (): Course => ({
  signal: new AbortController().signal,
  onProgress: (done, of) => progress(`${whole(done)} of ${whole(of)} values`),
});

export function threadCount(text: string): number {
  const count = Number(text);
  if (!/^\d{1,3}$/.test(text) || count < 1)
    throw new InvalidArgumentError('It must be a whole number above 0.');
  return count;
}
