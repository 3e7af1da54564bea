import type { TableShape, Values } from './tensor.ts';

const BUCKETS = 32_768;
const SHOWN = 10;
const FAR = 3;
const NORM_BINS = 64;
const MARGIN = 64;
/** Of fewer rows quartiles say nothing. */
const LEAST_ROWS = 16;

export interface RowNorm {
  readonly row: number;
  /** √ of the sum of squares. */
  readonly norm: number;
}

/** Norms of rows, counted in buckets of float32's upper half (two norms of one bucket differ by 0.8 % at most). */
export interface RowScan {
  rows: number;
  buckets: Uint32Array;
  /** The number of the first of `buckets`; those beyond them are empty. */
  first: number;
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
  buckets: new Uint32Array(0),
  first: 0,
  deadRows: 0,
  firstDeadRows: [],
  least: [],
  greatest: [],
  deadColumns: Uint32Array.from({ length: columns }, (_, column) => column),
});

const float = new Float32Array(1);
const word = new Uint32Array(float.buffer);

/** Adds whole rows with their sums of squares, the first of them number `row`. Rows with NaN or infinity have no norm. */
export function scanRows(
  scan: RowScan,
  values: Values,
  squares: Float64Array,
  columns: number,
  row: number,
): void {
  const rows = values.length / columns;
  for (let at = 0; at < rows; at += 1) addRow(scan, row + at, Math.sqrt(squares[at] ?? 0));
  for (let from = 0; from < values.length && scan.deadColumns.length > 0; from += columns)
    if (scan.deadColumns.some((column) => values[from + column] !== 0))
      scan.deadColumns = scan.deadColumns.filter((column) => values[from + column] === 0);
}

/** The sum of squares of each row. */
export function squaresOfRows(values: Values, columns: number): Float64Array {
  return Float64Array.from({ length: values.length / columns }, (_, row) =>
    squaresOf(values, row * columns, (row + 1) * columns),
  );
}

/** Adds what was gathered from the rows that follow. */
export function mergeRowScan(scan: RowScan, next: RowScan): void {
  scan.rows += next.rows;
  for (const [at, count] of next.buckets.entries()) if (count > 0) addTo(scan, next.first + at, count);
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
  for (const [at, count] of scan.buckets.entries())
    if (count > 0 && beyond(bucketMiddle(scan.first + at))) outliers += count;
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
function normBins({ buckets, first }: RowScan): NormBin[] {
  const start = buckets.findIndex((count) => count > 0);
  if (start === -1) return [];
  const end = buckets.findLastIndex((count) => count > 0) + 1;
  const each = Math.ceil((end - start) / NORM_BINS);
  return Array.from({ length: Math.ceil((end - start) / each) }, (_, bin) => {
    const from = start + bin * each;
    const to = Math.min(end, from + each);
    const rows = buckets.subarray(from, to).reduce((sum, count) => sum + count, 0);
    return { from: bucketEdge(first + from), to: bucketEdge(first + to), rows };
  });
}

/** Norms of a table lie near each other, so only the buckets around them exist. */
function addTo(scan: RowScan, bucket: number, count: number): void {
  const at = bucket - scan.first;
  if (at < 0 || at >= scan.buckets.length) growTo(scan, bucket);
  scan.buckets[bucket - scan.first] = (scan.buckets[bucket - scan.first] ?? 0) + count;
}

function growTo(scan: RowScan, bucket: number): void {
  const { buckets, first } = scan;
  const from = Math.max(0, Math.min(bucket - MARGIN, buckets.length === 0 ? bucket : first));
  const to = Math.min(BUCKETS, Math.max(bucket + MARGIN, first + buckets.length));
  scan.buckets = new Uint32Array(to - from);
  if (buckets.length > 0) scan.buckets.set(buckets, first - from);
  scan.first = from;
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
  addTo(scan, (word[0] ?? 0) >>> 16, 1);
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
  const total = scan.buckets.reduce((sum, count) => sum + count, 0);
  if (total < LEAST_ROWS) return null;
  const first = bucketEdge(bucketAt(scan, total * 0.25));
  const third = bucketEdge(bucketAt(scan, total * 0.75) + 1);
  const range = third - first;
  float[0] = Math.max(0, first - FAR * range);
  const low = bucketEdge((word[0] ?? 0) >>> 16);
  float[0] = third + FAR * range;
  return { low, high: bucketEdge(((word[0] ?? 0) >>> 16) + 1) };
}

function bucketAt({ buckets, first }: RowScan, rank: number): number {
  let before = 0;
  const at = buckets.findIndex((count) => {
    before += count;
    return before >= rank;
  });
  return first + at;
}
