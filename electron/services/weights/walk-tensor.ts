import { countFirstDigits, digitCount, KEY_BUCKETS } from '../../../shared/domain/weights/key.ts';
import {
  closerLook,
  IN_BINS,
  IN_PREFIX,
  refineValues,
  type Refined,
  type Refinement,
} from '../../../shared/domain/weights/quantiles.ts';
import { BINS } from '../../../shared/domain/weights/histogram.ts';
import {
  emptyRowScan,
  scanRows,
  squaresOfRows,
  type RowScan,
} from '../../../shared/domain/weights/row-norms.ts';
import { addSums, emptyScan, scanValues, type Scan } from '../../../shared/domain/weights/scan.ts';
import {
  addExponents,
  emptyDifference,
  keepMovedRow,
  scanDifference,
  type DifferenceScan,
} from '../../../shared/domain/weights/difference.ts';
import {
  addProducts,
  scanNeighbours,
  type Neighbour,
  type NeighbourQuery,
} from '../../../shared/domain/weights/neighbours.ts';
import { tableShape, type Values } from '../../../shared/domain/weights/tensor.ts';
import { eachChunk } from './kernel/chunks.ts';
import { compareByKernel } from './kernel/compare.ts';
import { CHUNK, threadKernel } from './kernel/kernel.ts';
import { clearedCounts } from './shared-counts.ts';
import { valueCount, type StoredTensor } from './stored-tensor.ts';
import { blockLength, TensorReader } from './tensor-reader.ts';

/** Part of a tensor's flat values, cut where blocks are. */
export interface Span {
  readonly tensor: StoredTensor;
  readonly from: number;
  readonly to: number;
}

export interface Scanned {
  readonly scan: Scan;
  readonly rows: RowScan | null;
  readonly digits: 2 | 4;
  /** How many values have each first digit of their key; null where nobody asked. */
  readonly buckets: Uint32Array | null;
}

let digits64: Uint32Array | null = null;

/**
 * The first walk: sums and rows, and for what is `ordered` later the first digit of every value. Its buckets are valid
 * until the next one of this thread.
 */
export function scanSpan(span: Span, ordered: boolean): Scanned {
  const kernel = threadKernel();
  const table = tableShape(span.tensor.shape, valueCount(span.tensor));
  const scan = emptyScan();
  const rows = table === null ? null : emptyRowScan(table);
  let digits: 2 | 4 = 2;
  if (ordered) kernel.clearDigits();
  if (ordered) digits64?.fill(0);
  eachBlock(span, (values, from) => {
    digits = digitCount(values);
    const columns = table?.columns ?? values.length;
    const squares = kernel.holds(values)
      ? sumByKernel(scan, values, columns)
      : sumHere(scan, values, columns);
    if (rows !== null) scanRows(rows, values, squares, columns, from / columns);
    if (!ordered) return;
    if (kernel.holds(values)) kernel.countDigits(values);
    else countFirstDigits(values, (digits64 ??= new Uint32Array(KEY_BUCKETS)));
  });
  const buckets = ordered ? (digits === 2 ? kernel.digits : digits64) : null;
  return { scan, rows, digits, buckets };
}

function sumHere(scan: Scan, values: Values, columns: number): Float64Array {
  scanValues(scan, values);
  return squaresOfRows(values, columns);
}

let kept = new Float64Array(0);

/** Zeros, in memory that is used again for the next block. */
function scratch(length: number): Float64Array {
  if (kept.length < length) kept = new Float64Array(length);
  return kept.subarray(0, length).fill(0);
}

/** Adds values chunk by chunk; answers the sum of squares of each row. */
function sumByKernel(scan: Scan, values: Float32Array<ArrayBuffer>, columns: number): Float64Array {
  const kernel = threadKernel();
  const squares = scratch(values.length / columns);
  eachChunk(values.length, columns, ({ from, rows, width, row }) => {
    const sums = kernel.sumRows(values, from, rows, width);
    for (let at = 0; at < rows; at += 1)
      squares[row + at] = (squares[row + at] ?? 0) + (kernel.rowSquares[at] ?? 0);
    addSums(scan, values.subarray(from, from + rows * width), sums);
  });
  return squares;
}

/** A further walk, for quantiles and histogram. Its counts are valid until the next one of this thread. */
export function refineSpan(span: Span, refinement: Refinement): Refined {
  const kernel = threadKernel();
  const refined = { counts: clearedCounts(refinement.prefixes.length), bins: new Float64Array(BINS) };
  const { edges } = refinement;
  const inPrefixes = { ...refinement, edges: null };
  let look: Uint8Array | null = null;
  if (edges !== null) kernel.binBy(edges);
  eachBlock(span, (values) => {
    if (look === null) {
      look = closerLook(refinement, digitCount(values));
      kernel.lookFor(look);
    }
    if (!kernel.holds(values)) return refineValues(refined, values, refinement, look);
    const chosen = kernel.select(values, IN_BINS | IN_PREFIX);
    refineValues(refined, kernel.selectAgain(chosen, IN_PREFIX), inPrefixes, look);
    if (edges !== null) kernel.countBins(kernel.selectAgain(chosen, IN_BINS));
  });
  if (edges !== null)
    for (const [bin, count] of kernel.bins.entries()) refined.bins[bin] = (refined.bins[bin] ?? 0) + count;
  return refined;
}

/** The rows of a span nearest to one row of the table. */
export function nearestInSpan(span: Span, query: NeighbourQuery): Neighbour[] {
  const kernel = threadKernel();
  const columns = query.values.length;
  const nearest: Neighbour[] = [];
  const placed = kernel.queryBy(query.values);
  eachBlock(span, (values, from) => {
    if (!placed || !kernel.holds(values)) return scanNeighbours(nearest, values, from / columns, query);
    for (let at = 0; at < values.length; at += CHUNK * columns) {
      const rows = Math.min(CHUNK, (values.length - at) / columns);
      const products = kernel.productsOfRows(values, at, rows, columns);
      addProducts(nearest, products, (from + at) / columns, query);
    }
  });
  return nearest;
}

/** The finite values of a span that is small enough to hold. */
export function finiteValues(span: Span): Float64Array {
  const finite: number[] = [];
  eachBlock(span, (values) => {
    for (const value of values) if (Number.isFinite(value)) finite.push(value);
  });
  return Float64Array.from(finite);
}

/** One walk over a span of two versions of a tensor of one shape. */
export function compareSpan(before: Span, after: StoredTensor): DifferenceScan {
  const kernel = threadKernel();
  const scan = emptyDifference();
  const table = tableShape(before.tensor.shape, valueCount(before.tensor));
  const reader = new TensorReader(after, 1);
  kernel.clearChanges();
  try {
    eachBlock(before, (values, from) => {
      const others = reader.read(from, values.length);
      const columns = table?.columns ?? values.length;
      if (kernel.holds(values) && kernel.holds(others)) compareByKernel(scan, values, others, from, columns);
      else compareHere(scan, values, others, from, columns);
    });
  } finally {
    reader.close();
  }
  addExponents(scan, kernel.changes);
  return scan;
}

function compareHere(
  scan: DifferenceScan,
  before: Values,
  after: Values,
  from: number,
  columns: number,
): void {
  const squares = scanDifference(scan, before, after, from, columns);
  for (const [at, sum] of squares.entries()) keepMovedRow(scan, from / columns + at, sum);
}

function eachBlock({ tensor, from, to }: Span, visit: (values: Values, from: number) => void): void {
  const reader = new TensorReader(tensor, 0);
  const length = blockLength(tensor);
  try {
    for (let at = from; at < to; at += length) visit(reader.read(at, Math.min(length, to - at)), at);
  } finally {
    reader.close();
  }
}
