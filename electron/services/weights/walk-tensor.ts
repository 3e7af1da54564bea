import { digitCount } from '../../../shared/domain/weights/key.ts';
import {
  closerLook,
  emptyRefined,
  refineValues,
  type Refined,
  type Refinement,
} from '../../../shared/domain/weights/quantiles.ts';
import { emptyRowScan, scanRows, type RowScan } from '../../../shared/domain/weights/row-norms.ts';
import { emptyScan, scanValues, type Scan } from '../../../shared/domain/weights/scan.ts';
import {
  emptyDifference,
  scanDifference,
  type DifferenceScan,
} from '../../../shared/domain/weights/difference.ts';
import {
  scanNeighbours,
  type Neighbour,
  type NeighbourQuery,
} from '../../../shared/domain/weights/neighbours.ts';
import { tableShape, type Values } from '../../../shared/domain/weights/tensor.ts';
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
}

/** The first walk: sums, counts, and the first digit of every value. */
export function scanSpan(span: Span): Scanned {
  const table = tableShape(span.tensor.shape, valueCount(span.tensor));
  const scan = emptyScan();
  const rows = table === null ? null : emptyRowScan(table);
  let digits: 2 | 4 = 2;
  eachBlock(span, (values, from) => {
    digits = digitCount(values);
    scanValues(scan, values);
    if (table !== null && rows !== null) scanRows(rows, values, table.columns, from / table.columns);
  });
  return { scan, rows, digits };
}

/** A further walk, for quantiles and histogram. */
export function refineSpan(span: Span, refinement: Refinement): Refined {
  const refined = emptyRefined(refinement);
  let look: Uint8Array | null = null;
  eachBlock(span, (values) => {
    look ??= closerLook(refinement, digitCount(values));
    refineValues(refined, values, refinement, look);
  });
  return refined;
}

/** The rows of a span nearest to one row of the table. */
export function nearestInSpan(span: Span, query: NeighbourQuery): Neighbour[] {
  const nearest: Neighbour[] = [];
  eachBlock(span, (values, from) => scanNeighbours(nearest, values, from / query.values.length, query));
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
  const scan = emptyDifference();
  const table = tableShape(before.tensor.shape, valueCount(before.tensor));
  const reader = new TensorReader(after);
  try {
    eachBlock(before, (values, from) =>
      scanDifference(scan, values, reader.read(from, values.length), from, table?.columns ?? values.length),
    );
  } finally {
    reader.close();
  }
  return scan;
}

function eachBlock({ tensor, from, to }: Span, visit: (values: Values, from: number) => void): void {
  const reader = new TensorReader(tensor);
  const length = blockLength(tensor);
  try {
    for (let at = from; at < to; at += length) visit(reader.read(at, Math.min(length, to - at)), at);
  } finally {
    reader.close();
  }
}
