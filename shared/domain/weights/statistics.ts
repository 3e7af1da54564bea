import type { Histogram } from './histogram.ts';
import { mean, standardDeviation } from './moments.ts';
import { QUANTILES } from './quantiles.ts';
import type { RowStatistics } from './row-norms.ts';
import type { Scan } from './scan.ts';
import type { Tensor } from './tensor.ts';

/** Of the finite values, in float64; null where there are none, or past float64. */
export interface Spread {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly std: number;
  /** √ of the sum of squares. */
  readonly l2: number;
  /** Empty where they were not asked for. */
  readonly quantiles: readonly { readonly share: number; readonly value: number }[];
  /** Null where it was not asked for, or its bins are past float64. */
  readonly histogram: Histogram | null;
}

/** What is known of a tensor's values; complex numbers count as two values each. */
export interface TensorStatistics extends Tensor {
  /** 0 for text, which has no statistics. */
  readonly values: number;
  readonly zeros: number;
  readonly nans: number;
  readonly infinities: number;
  readonly spread: Spread | null;
  readonly rows: RowStatistics | null;
}

/** Puts together what the walks over a tensor gathered. */
export function tensorStatistics(
  tensor: Tensor,
  values: number,
  scan: Scan,
  found: { quantiles: readonly number[]; histogram: Histogram | null },
  rows: RowStatistics | null,
): TensorStatistics {
  const { zeros, nans, infinities, moments, min, max } = scan;
  const { name, dtype, shape, elements, bytes } = tensor;
  const about = { name, dtype, shape, elements, bytes, values, zeros, nans, infinities, rows };
  if (moments.count === 0) return { ...about, spread: null };
  const quantiles =
    found.quantiles.length === 0
      ? []
      : QUANTILES.map((share, at) => ({ share, value: found.quantiles[at] ?? Number.NaN }));
  return {
    ...about,
    spread: {
      min: min + 0, // −0 + 0 is 0
      max: max + 0,
      mean: mean(moments),
      std: standardDeviation(moments),
      l2: Math.sqrt(moments.squares),
      quantiles,
      histogram: found.histogram,
    },
  };
}
