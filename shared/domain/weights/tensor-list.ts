import { anomaliesOf, gravity, type Anomaly, type AnomalyKind } from './anomalies.ts';
import { QUANTILES } from './quantiles.ts';
import type { TensorStatistics } from './statistics.ts';
import type { Tensor } from './tensor.ts';

/** Bars of a histogram drawn in a line of a table. */
export const BARS = 32;
const TALLEST = 100;

/** What a list says of a tensor's values; null where there is no finite one, or past float64. */
export interface TensorSummary {
  readonly values: number;
  readonly zeros: number;
  readonly nans: number;
  readonly infinities: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  readonly std: number | null;
  readonly l2: number | null;
  /** One for each of `QUANTILES`. */
  readonly quantiles: readonly (number | null)[];
  /** The histogram in 32 bars between min and max, the tallest 100; empty where there is none. */
  readonly bars: readonly number[];
  readonly anomalies: readonly Anomaly[];
}

/** A tensor of a release as a list shows it; `summary` is null until its values were walked over. */
export interface ListedTensor extends Tensor {
  /** The file of the bundle that holds it. */
  readonly file: string;
  readonly summary: TensorSummary | null;
}

const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;

export function summaryOf(statistics: TensorStatistics): TensorSummary {
  const { values, zeros, nans, infinities, spread } = statistics;
  return {
    values,
    zeros,
    nans,
    infinities,
    min: finite(spread?.min),
    max: finite(spread?.max),
    mean: finite(spread?.mean),
    std: finite(spread?.std),
    l2: finite(spread?.l2),
    quantiles: QUANTILES.map((_, at) => finite(spread?.quantiles[at]?.value)),
    bars: barsOf(spread?.histogram?.counts ?? []),
    anomalies: anomaliesOf(statistics),
  };
}

/** Any value keeps its bar in sight: one that is not empty is at least 1 tall. */
function barsOf(counts: readonly number[]): number[] {
  if (counts.length === 0) return [];
  const each = counts.length / BARS;
  const bars = Array.from({ length: BARS }, (_, bar) =>
    counts.slice(bar * each, (bar + 1) * each).reduce((sum, count) => sum + count, 0),
  );
  const most = Math.max(...bars);
  return bars.map((count) => Math.ceil((count / most) * TALLEST));
}

export const LIST_SORTS = [
  'anomaly',
  'file',
  'name',
  'dtype',
  'shape',
  'elements',
  'bytes',
  'min',
  'max',
  'mean',
  'std',
  'l2',
  'zeros',
  'nans',
  'infinities',
  'low',
  'median',
  'high',
] as const;
export type ListSort = (typeof LIST_SORTS)[number];

export interface ListQuery {
  readonly sort: ListSort;
  readonly desc: boolean;
  /** Part of a name, in any case. */
  readonly q: string;
  readonly dtype: string | null;
  readonly file: string | null;
  /** A kind of anomaly, or `any`; null for every tensor. */
  readonly anomaly: AnomalyKind | 'any' | null;
}

const [LOW, MEDIAN, HIGH] = [0.01, 0.5, 0.99].map((share) =>
  QUANTILES.findIndex((quantile) => quantile === share),
);

const NUMBERS: Partial<Record<ListSort, (tensor: ListedTensor) => number | null>> = {
  elements: ({ elements }) => elements,
  bytes: ({ bytes }) => bytes,
  min: ({ summary }) => summary?.min ?? null,
  max: ({ summary }) => summary?.max ?? null,
  mean: ({ summary }) => summary?.mean ?? null,
  std: ({ summary }) => summary?.std ?? null,
  l2: ({ summary }) => summary?.l2 ?? null,
  zeros: ({ summary }) => zeroShare(summary),
  nans: ({ summary }) => summary?.nans ?? null,
  infinities: ({ summary }) => summary?.infinities ?? null,
  low: ({ summary }) => summary?.quantiles[LOW ?? -1] ?? null,
  median: ({ summary }) => summary?.quantiles[MEDIAN ?? -1] ?? null,
  high: ({ summary }) => summary?.quantiles[HIGH ?? -1] ?? null,
};
const TEXTS: Partial<Record<ListSort, (tensor: ListedTensor) => string>> = {
  name: ({ name }) => name,
  file: ({ file }) => file,
  dtype: ({ dtype }) => dtype,
};

export const zeroShare = (summary: TensorSummary | null): number | null =>
  summary === null || summary.values === 0 ? null : summary.zeros / summary.values;

/** The tensors that the filter lets through, sorted; those without the figure come last, ties stay in file order. */
export function listTensors(tensors: readonly ListedTensor[], query: ListQuery): ListedTensor[] {
  const q = query.q.trim().toLowerCase();
  const wanted = tensors.filter(
    ({ name, dtype, file, summary }) =>
      (q === '' || name.toLowerCase().includes(q)) &&
      (query.dtype === null || dtype === query.dtype) &&
      (query.file === null || file === query.file) &&
      hasAnomaly(summary, query.anomaly),
  );
  return wanted.toSorted(orderOf(query));
}

function hasAnomaly(summary: TensorSummary | null, wanted: ListQuery['anomaly']): boolean {
  if (wanted === null) return true;
  const found = summary?.anomalies ?? [];
  return wanted === 'any' ? found.length > 0 : found.some(({ kind }) => kind === wanted);
}

type Order = (left: ListedTensor, right: ListedTensor) => number;

function orderOf({ sort, desc }: ListQuery): Order {
  const sign = desc ? -1 : 1;
  const number = NUMBERS[sort];
  if (number !== undefined)
    return (left, right) => {
      const [first, second] = [number(left), number(right)];
      if (first === null || second === null) return Number(first === null) - Number(second === null);
      return sign * (first - second);
    };
  const text = TEXTS[sort];
  if (text !== undefined) {
    const { compare } = new Intl.Collator('en', { numeric: true });
    return (left, right) => sign * compare(text(left), text(right));
  }
  if (sort === 'shape') return (left, right) => sign * byShape(left.shape, right.shape);
  return (left, right) => sign * byGravity(right, left);
}

function byShape(left: readonly number[], right: readonly number[]): number {
  if (left.length !== right.length) return left.length - right.length;
  const axis = left.findIndex((size, at) => size !== right[at]);
  return axis === -1 ? 0 : (left[axis] ?? 0) - (right[axis] ?? 0);
}

/** Rises from what is not suspicious to the gravest; of one kind, to what has more kinds. */
function byGravity(left: ListedTensor, right: ListedTensor): number {
  const kinds = ({ summary }: ListedTensor) => (summary?.anomalies ?? []).map(({ kind }) => kind);
  const [first, second] = [kinds(left), kinds(right)];
  return gravity(second) - gravity(first) || first.length - second.length;
}
