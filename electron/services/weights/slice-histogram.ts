import { badInput } from '../../../shared/domain/error.ts';
import {
  binEdges,
  binOf,
  BINS,
  histogramOf,
  type Histogram,
} from '../../../shared/domain/weights/histogram.ts';
import { parseSlice } from '../../../shared/domain/weights/slice.ts';
import { SliceReader } from './slice-reader.ts';
import type { StoredTensor } from './stored-tensor.ts';

const AT_ONCE = 262_144;

/** How the values of a slice are spread: those that are finite in bins, the others counted. */
export interface SliceHistogram {
  readonly finite: number;
  readonly nans: number;
  readonly infinities: number;
  /** As numpy.histogram counts 64 bins; null where there is no finite value, or they are too far apart. */
  readonly histogram: Histogram | null;
}

/** One walk over a slice for its bounds, one for its bins. */
export function sliceHistogram(tensor: StoredTensor, text: string): SliceHistogram {
  if (tensor.dtype === 'STRING') throw badInput(`Tensor "${tensor.name}" holds text, which has no histogram`);
  const reader = new SliceReader(tensor, parseSlice(text, tensor.shape));
  try {
    const counts = { finite: 0, nans: 0, infinities: 0 };
    let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const values of blocksOf(reader))
      for (const value of values) {
        if (Number.isNaN(value)) counts.nans += 1;
        else if (!Number.isFinite(value)) counts.infinities += 1;
        else {
          counts.finite += 1;
          if (value < min) min = value;
          if (value > max) max = value;
        }
      }
    const edges = counts.finite === 0 ? null : binEdges(min, max);
    return { ...counts, histogram: edges === null ? null : histogramOf(edges, binsOf(reader, edges)) };
  } finally {
    reader.close();
  }
}

function binsOf(reader: SliceReader, edges: Float64Array): Float64Array {
  const bins = new Float64Array(BINS);
  for (const values of blocksOf(reader))
    for (const value of values) {
      if (!Number.isFinite(value)) continue;
      const bin = binOf(edges, value);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
  return bins;
}

function* blocksOf(reader: SliceReader): Generator<Float64Array> {
  for (let at = 0; at < reader.count; at += AT_ONCE) yield reader.values(at, AT_ONCE);
}
