import type { TableShape, Values } from './tensor.ts';

const BUCKETS = 32_768;
const SHOWN = 10;
const FAR = 3;
const NORM_BINS = 64;

export interface RowNorm {
  readonly row: number;
  /** √ of the sum of squares. */
  readonly norm: number;
}

/** Norms of rows, counted in buckets of float32's upper half (two norms of one bucket differ by 0.8 % at most). */
export interface RowScan {
  rows: number;
  readonly buckets: Uint32Array;
  /** The buckets in use: [first, end). */
  first: number;
  end: number;
  deadRows: number;
  readonly firstDeadRows: number[];
  least: RowNorm[];
  greatest: RowNorm[];
  /** Columns in which no value but 0 was seen. */
  deadColumns: Uint32Array;
}

/** What is said of a table's rows and columns. */
export interface RowStatistics {
  readonly rows: number;
  readonly columns: number;
  readonly deadRows: number;
  /** The first ten. */
  readonly firstDeadRows: readonly number[];
  readonly deadColumns: number;
  readonly firstDeadColumns: readonly number[];
  /** Rows, dead ones apart, whose norm lies beyond the fences. */
  readonly outliers: number;
  /** Tukey's outer fences: the quartiles of the norms ∓ 3 interquartile ranges, to the width of a bucket. */
  readonly fences: { readonly low: number; readonly high: number } | null;
  /** The ten farthest out below and above. */
  readonly lowOutliers: readonly RowNorm[];
  readonly highOutliers: readonly RowNorm[];
  /** The distribution of the norms in at most 64 bins that rise by one factor; rows of zeros are in none. */
  readonly norms: readonly NormBin[];
}

/** Rows whose norm lies in [from, to). */
export interface NormBin {
  readonly from: number;
  readonly to: number;
  readonly rows: number;
}

export const emptyRowScan = ({ columns }: TableShape): RowScan => ({
  rows: 0,
  buckets: new Uint32Array(BUCKETS),
  first: BUCKETS,
  end: 0,
  deadRows: 0,
  firstDeadRows: [],
  least: [],
  greatest: [],
  deadColumns: Uint32Array.from({ length: columns }, (_, column) => column),
});

const float = new Float32Array(1);
const word = new Uint32Array(float.buffer);

/** Adds whole rows, the first of them number `row`. Rows with NaN or infinity have no norm. */
export function scanRows(scan: RowScan, values: Values, columns: number, row: number): void {
  for (let from = 0; from < values.length; from += columns) {
    addRow(scan, row + from / columns, Math.sqrt(squaresOf(values, from, from + columns)));
    if (scan.deadColumns.length > 0 && scan.deadColumns.some((column) => values[from + column] !== 0))
      scan.deadColumns = scan.deadColumns.filter((column) => values[from + column] === 0);
  }
}

/** Adds what was gathered from the rows that follow. */
export function mergeRowScan(scan: RowScan, next: RowScan): void {
  scan.rows += next.rows;
  scan.first = Math.min(scan.first, next.first);
  scan.end = Math.max(scan.end, next.end);
  for (let at = next.first; at < next.end; at += 1)
    scan.buckets[at] = (scan.buckets[at] ?? 0) + (next.buckets[at] ?? 0);
  scan.deadRows += next.deadRows;
  scan.firstDeadRows.push(...next.firstDeadRows.slice(0, SHOWN - scan.firstDeadRows.length));
  for (const norm of next.least) keep(scan.least, norm, ascending);
  for (const norm of next.greatest) keep(scan.greatest, norm, descending);
  const dead = new Set(next.deadColumns);
  scan.deadColumns = scan.deadColumns.filter((column) => dead.has(column));
}

export function rowStatistics(scan: RowScan, { rows, columns }: TableShape): RowStatistics {
  const fences = outerFences(scan);
  const beyond = (norm: number) => fences !== null && (norm < fences.low || norm > fences.high);
  let outliers = 0;
  for (let at = scan.first; at < scan.end; at += 1)
    if (beyond(bucketMiddle(at))) outliers += scan.buckets[at] ?? 0;
  return {
    rows,
    columns,
    deadRows: scan.deadRows,
    firstDeadRows: scan.firstDeadRows,
    deadColumns: scan.deadColumns.length,
    firstDeadColumns: [...scan.deadColumns.subarray(0, SHOWN)],
    outliers,
    fences,
    lowOutliers: scan.least.filter(({ norm }) => fences !== null && norm < fences.low),
    highOutliers: scan.greatest.filter(({ norm }) => fences !== null && norm > fences.high),
    norms: normBins(scan),
  };
}

/** Buckets put together in equal numbers, so that no bin is finer than what was counted. */
function normBins({ buckets, first, end }: RowScan): NormBin[] {
  if (first >= end) return [];
  const each = Math.ceil((end - first) / NORM_BINS);
  return Array.from({ length: Math.ceil((end - first) / each) }, (_, bin) => {
    const from = first + bin * each;
    const to = Math.min(end, from + each);
    return { from: bucketEdge(from), to: bucketEdge(to), rows: countOf(buckets, from, to) };
  });
}

function countOf(buckets: Uint32Array, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at += 1) count += buckets[at] ?? 0;
  return count;
}

function addRow(scan: RowScan, row: number, norm: number): void {
  scan.rows += 1;
  if (norm === 0) {
    scan.deadRows += 1;
    if (scan.firstDeadRows.length < SHOWN) scan.firstDeadRows.push(row);
    return;
  }
  if (!Number.isFinite(norm)) return;
  float[0] = norm;
  const bucket = (word[0] ?? 0) >>> 16;
  scan.buckets[bucket] = (scan.buckets[bucket] ?? 0) + 1;
  if (bucket < scan.first) scan.first = bucket;
  if (bucket >= scan.end) scan.end = bucket + 1;
  const { least, greatest } = scan;
  if (norm < (least[SHOWN - 1]?.norm ?? Number.POSITIVE_INFINITY)) keep(least, { row, norm }, ascending);
  if (norm > (greatest[SHOWN - 1]?.norm ?? 0)) keep(greatest, { row, norm }, descending);
}

type Order = (left: RowNorm, right: RowNorm) => number;
const ascending: Order = (left, right) => left.norm - right.norm || left.row - right.row;
const descending: Order = (left, right) => right.norm - left.norm || left.row - right.row;

/** Keeps the first ten in `order`. */
function keep(kept: RowNorm[], norm: RowNorm, order: Order): void {
  const last = kept[SHOWN - 1];
  if (last !== undefined && order(last, norm) < 0) return;
  const at = kept.findIndex((each) => order(norm, each) < 0);
  kept.splice(at === -1 ? kept.length : at, 0, norm);
  kept.length = Math.min(kept.length, SHOWN);
}

function squaresOf(values: Values, from: number, to: number): number {
  let [even, odd] = [0, 0];
  let at = from;
  for (; at + 1 < to; at += 2) {
    const first = values[at] ?? 0;
    const second = values[at + 1] ?? 0;
    even += first * first;
    odd += second * second;
  }
  const last = at < to ? (values[at] ?? 0) : 0;
  return even + odd + last * last;
}

function bucketEdge(bucket: number): number {
  word[0] = bucket << 16;
  return float[0] ?? 0;
}

const bucketMiddle = (bucket: number): number => (bucketEdge(bucket) + bucketEdge(bucket + 1)) / 2;

/** Bounds that fall on edges of buckets, so that every norm of a bucket is on one side. */
function outerFences(scan: RowScan): { low: number; high: number } | null {
  const total = countOf(scan.buckets, scan.first, scan.end);
  if (total < 4) return null;
  const first = bucketEdge(bucketAt(scan, total * 0.25));
  const third = bucketEdge(bucketAt(scan, total * 0.75) + 1);
  const range = third - first;
  float[0] = Math.max(0, first - FAR * range);
  const low = bucketEdge((word[0] ?? 0) >>> 16);
  float[0] = third + FAR * range;
  return { low, high: bucketEdge(((word[0] ?? 0) >>> 16) + 1) };
}

function bucketAt({ buckets, first, end }: RowScan, rank: number): number {
  let before = 0;
  for (let at = first; at < end; at += 1) {
    before += buckets[at] ?? 0;
    if (before >= rank) return at;
  }
  return end - 1;
}
