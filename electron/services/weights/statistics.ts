import { BINS } from '../../../shared/domain/weights/histogram.ts';
import type { Refinement } from '../../../shared/domain/weights/quantiles.ts';
import { mergeRowScan } from '../../../shared/domain/weights/row-norms.ts';
import { mergeScan } from '../../../shared/domain/weights/scan.ts';
import type { TensorStatistics } from '../../../shared/domain/weights/statistics.ts';
import type { WeightsPool } from '../../workers/weights-pool.ts';
import { inOrder } from '../replay/in-order.ts';
import { describeTensor, type Walks } from './describe-tensor.ts';
import { sharedCounts } from './shared-counts.ts';
import { groupsOf, spansOf } from './spans.ts';
import { valueCount, type StoredTensor } from './stored-tensor.ts';
import type { Scanned, Span } from './walk-tensor.ts';

/** How a long walk is watched and ended. */
export interface Course {
  readonly signal: AbortSignal;
  /** Values done with, of all. */
  readonly onProgress: (done: number, of: number) => void;
}

/**
 * Statistics of every tensor, in their order, each as soon as it is found. The cut into tasks depends on the tensors alone
 * and results are merged in order, so any number of threads gives the same bits. Without `ordered` there are no quantiles
 * and histograms, which takes one walk less.
 */
export async function* eachStatistics(
  tensors: readonly StoredTensor[],
  pool: WeightsPool,
  { signal, onProgress }: Course,
  ordered = true,
): AsyncGenerator<TensorStatistics> {
  const of = tensors.reduce((sum, tensor) => sum + valueCount(tensor), 0);
  let done = 0;
  const describe = async (group: readonly StoredTensor[]): Promise<TensorStatistics[]> => {
    const [first] = group;
    const spans = first === undefined || group.length > 1 ? [] : spansOf(first);
    if (first === undefined || spans.length < 2) return pool.run('describe', { tensors: group, ordered });
    return [await describeTensor(first, inParts(spans, pool, signal), ordered)];
  };
  const groups = groupsOf(tensors, (tensor) => tensor);
  for await (const statistics of inOrder(groups, pool.threads + 1, describe, signal)) {
    yield* statistics;
    done += statistics.reduce((sum, { values }) => sum + values, 0);
    onProgress(done, of);
  }
}

/** The same, all of them at once. */
export async function weightsStatistics(
  ...walk: Parameters<typeof eachStatistics>
): Promise<TensorStatistics[]> {
  const found: TensorStatistics[] = [];
  for await (const statistics of eachStatistics(...walk)) found.push(statistics);
  return found;
}

function inParts(spans: readonly Span[], pool: WeightsPool, signal: AbortSignal): Walks {
  const width = pool.threads + 1;
  return {
    scan: async (ordered) => {
      const [buckets = null] = sharedCounts(ordered ? 1 : 0);
      let whole: Scanned | null = null;
      const scan = (span: Span) => pool.run('scan', { span, buckets });
      for await (const part of inOrder(spans, width, scan, signal)) {
        if (whole === null) whole = part;
        else mergeScanned(whole, part);
      }
      if (whole === null) throw new RangeError('a tensor in parts has none');
      return { ...whole, buckets };
    },
    refine: async (refinement: Refinement) => {
      const counts = sharedCounts(refinement.prefixes.length);
      const bins = new Float64Array(BINS);
      const refine = (span: Span) => pool.run('refine', { span, refinement, counts });
      for await (const part of inOrder(spans, width, refine, signal)) addBins(bins, part);
      return { counts, bins };
    },
  };
}

function mergeScanned(whole: Scanned, part: Scanned): void {
  mergeScan(whole.scan, part.scan);
  if (whole.rows !== null && part.rows !== null) mergeRowScan(whole.rows, part.rows);
}

function addBins(bins: Float64Array, more: Float64Array): void {
  for (const [at, count] of more.entries()) bins[at] = (bins[at] ?? 0) + count;
}
