import { z } from 'zod';
import { ANOMALIES } from '../domain/weights/anomalies.ts';
import { HEAT_RULES, HeatMap } from '../domain/weights/heat.ts';
import { LIST_SORTS } from '../domain/weights/tensor-list.ts';
import { channel, page, PageRequest } from './channel.ts';

const Anomaly = z.object({ kind: z.enum(ANOMALIES), text: z.string() });
const MaybeNumber = z.number().nullable();

const Form = z.object({
  name: z.string(),
  dtype: z.string(),
  /** [] is a scalar. */
  shape: z.array(z.int()),
  elements: z.int(),
  bytes: z.int(),
});

/** Counts of equally wide bins. */
const Histogram = z.object({ from: z.number(), to: z.number(), counts: z.array(z.int()) });

/** What is known of a tensor's values; a figure is null where there is no finite value, or past float64. */
export const TensorSummary = z.object({
  values: z.int(),
  zeros: z.int(),
  nans: z.int(),
  infinities: z.int(),
  min: MaybeNumber,
  max: MaybeNumber,
  mean: MaybeNumber,
  std: MaybeNumber,
  l2: MaybeNumber,
  /** One for each of `QUANTILES`. */
  quantiles: z.array(MaybeNumber),
  /** The histogram in 32 bars between min and max, the tallest 100; empty where there is none. */
  bars: z.array(z.int()),
  anomalies: z.array(Anomaly),
});

export const TensorRow = Form.extend({
  /** The file of the bundle that holds it. */
  file: z.string(),
  /** Null until its values were walked over. */
  summary: TensorSummary.nullable(),
});
export type TensorRow = z.infer<typeof TensorRow>;

const RowNorm = z.object({ row: z.int(), norm: MaybeNumber });

/** Statistics in full, as they are kept. */
export const KeptStatistics = Form.extend({
  values: z.int(),
  zeros: z.int(),
  nans: z.int(),
  infinities: z.int(),
  spread: z
    .object({
      min: MaybeNumber,
      max: MaybeNumber,
      mean: MaybeNumber,
      std: MaybeNumber,
      l2: MaybeNumber,
      quantiles: z.array(z.object({ share: z.number(), value: MaybeNumber })),
      histogram: Histogram.nullable(),
    })
    .nullable(),
  rows: z
    .object({
      rows: z.int(),
      columns: z.int(),
      deadRows: z.int(),
      firstDeadRows: z.array(z.int()),
      deadColumns: z.int(),
      firstDeadColumns: z.array(z.int()),
      outliers: z.int(),
      fences: z.object({ low: MaybeNumber, high: MaybeNumber }).nullable(),
      lowOutliers: z.array(RowNorm),
      highOutliers: z.array(RowNorm),
      /** How many rows have a norm in [from, to); rows of zeros, NaN or infinity are in none. */
      norms: z.array(z.object({ from: z.number(), to: MaybeNumber, rows: z.int() })),
    })
    .nullable(),
});
export type KeptStatistics = z.infer<typeof KeptStatistics>;

export const TensorDetail = z.object({
  file: z.string(),
  statistics: KeptStatistics,
  anomalies: z.array(Anomaly),
  /** Key of each row named above, where the bundle gives keys. */
  keys: z.array(z.object({ row: z.int(), key: z.string() })),
});
export type TensorDetail = z.infer<typeof TensorDetail>;

const FileTotals = z.object({ file: z.string(), tensors: z.int(), elements: z.int(), bytes: z.int() });

/** What a release's tensors come to, whole and file by file. */
export const TensorTotals = z.object({
  files: z.array(FileTotals),
  dtypes: z.array(z.object({ dtype: z.string(), tensors: z.int() })),
  /** Null until the values were walked over. */
  measured: z
    .object({
      at: z.string(),
      suspicious: z.int(),
      anomalies: z.array(z.object({ kind: z.enum(ANOMALIES), tensors: z.int() })),
    })
    .nullable(),
  /** The job that walks over them; null when none runs. */
  jobId: z.string().nullable(),
});
export type TensorTotals = z.infer<typeof TensorTotals>;

const OfRelease = z.object({ release: z.string() });
const OfTensor = OfRelease.extend({ tensor: z.string() });
/** numpy's notation without steps: "3, :, 10:20"; "" is the whole tensor. */
const OfSlice = OfTensor.extend({ slice: z.string().max(2000) });

const ListQuery = OfRelease.extend({
  sort: z.enum(LIST_SORTS),
  desc: z.boolean(),
  /** Part of a name. */
  q: z.string(),
  dtype: z.string().nullable(),
  file: z.string().nullable(),
  /** Only tensors with an anomaly of this kind, or of any. */
  anomaly: z.enum([...ANOMALIES, 'any']).nullable(),
});

/** Which elements of a tensor go to a file, and how. */
export const TensorExport = OfSlice.extend({ form: z.enum(['npy', 'csv']) });
export type TensorExport = z.infer<typeof TensorExport>;

/** The tensors of a release, and the values of one. */
export const tensors = {
  tensors: channel(ListQuery.extend(PageRequest.shape), page(TensorRow)),
  tensorTotals: channel(OfRelease, TensorTotals),
  /** The rows that a query lets through as CSV, with every quantile. */
  tensorsCsv: channel(ListQuery, z.object({ fileName: z.string(), csv: z.string() })),
  /** Starts walking over the values of every tensor, or answers the job that does. */
  measureTensors: channel(OfRelease, z.object({ jobId: z.string() })),
  /** One tensor in full; walked over now where it was not before. */
  tensor: channel(OfTensor, TensorDetail),
  tensorHeat: channel(OfSlice.extend({ rule: z.enum(HEAT_RULES) }), HeatMap),
  /** How the values of a slice are spread. */
  tensorHistogram: channel(
    OfSlice,
    z.object({
      finite: z.int(),
      nans: z.int(),
      infinities: z.int(),
      /** null where there is no finite value, or they are too far apart. */
      histogram: Histogram.nullable(),
    }),
  ),
  /** Rows of a slice as exact text: the last axis runs along a row, a slice of one axis along the list. */
  tensorValues: channel(
    OfSlice.extend({
      ...PageRequest.shape,
      column: z.int().nonnegative(),
      columns: z.int().min(1).max(64),
    }),
    page(z.object({ place: z.array(z.int()), cells: z.array(z.string()) })),
  ),
  /** Some bytes of an exported file, and the element the next part begins with; null after the last. */
  tensorPart: channel(
    TensorExport.extend({ from: z.int().nonnegative() }),
    z.object({ bytes: z.instanceof(Uint8Array), next: z.int().nullable() }),
  ),
};
