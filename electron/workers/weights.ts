import type { NeighbourQuery } from '../../shared/domain/weights/neighbours.ts';
import type { Refinement } from '../../shared/domain/weights/quantiles.ts';
import { describeHere } from '../services/weights/describe-tensor.ts';
import { compareHere, type TensorPair } from '../services/weights/compare-pair.ts';
import { addToShared } from '../services/weights/shared-counts.ts';
import type { StoredTensor } from '../services/weights/stored-tensor.ts';
import {
  compareSpan as compareValues,
  nearestInSpan,
  refineSpan,
  scanSpan,
  type Span,
} from '../services/weights/walk-tensor.ts';
import { enveloped } from './envelope.ts';

export { layoutGraph, modelGraph, reachOfFeatures } from './model-graph.ts';
export { findRows, keysOfRows, rowsOfKeys } from './row-keys.ts';
export { drawHeat, partOfFile, readSlice, spreadSlice } from './tensor-slices.ts';

/** Statistics of tensors small enough for one thread. */
export const describe = enveloped(
  async ({ tensors, ordered }: { tensors: readonly StoredTensor[]; ordered: boolean }) => {
    const found = [];
    for (const tensor of tensors) found.push(await describeHere(tensor, ordered));
    return found;
  },
);

interface ScanTask {
  readonly span: Span;
  /** Where first digits are counted; null where nobody asks for quantiles. */
  readonly buckets: Uint32Array | null;
}

export const scan = enveloped(async ({ span, buckets }: ScanTask) => {
  const scanned = scanSpan(span, buckets !== null);
  if (buckets !== null) addToShared(buckets, scanned.buckets);
  return { ...scanned, buckets: null };
});

interface RefineTask {
  readonly span: Span;
  readonly refinement: Refinement;
  /** Where the counts are added, a table for each prefix. */
  readonly counts: readonly Uint32Array[];
}

/** Answers the counts of bins. */
export const refine = enveloped(async ({ span, refinement, counts }: RefineTask) => {
  const refined = refineSpan(span, refinement);
  for (const [at, shared] of counts.entries()) addToShared(shared, refined.counts[at]);
  return refined.bins;
});

/** Changes of tensors small enough for one thread. */
export const compare = enveloped(async (pairs: readonly TensorPair[]) => pairs.map(compareHere));

export const compareSpan = enveloped(async ({ before, after }: { before: Span; after: StoredTensor }) =>
  compareValues(before, after),
);

export const nearest = enveloped(async ({ span, query }: { span: Span; query: NeighbourQuery }) =>
  nearestInSpan(span, query),
);
