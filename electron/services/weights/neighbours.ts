import { badInput } from '../../../shared/domain/error.ts';
import {
  keepNearest,
  type Neighbour,
  type NeighbourQuery,
} from '../../../shared/domain/weights/neighbours.ts';
import { tableShape } from '../../../shared/domain/weights/tensor.ts';
import type { WeightsPool } from '../../workers/weights-pool.ts';
import { inOrder } from '../replay/in-order.ts';
import { spansOf } from './spans.ts';
import { valueCount, type StoredTensor } from './stored-tensor.ts';
import { TensorReader } from './tensor-reader.ts';
import type { Span } from './walk-tensor.ts';

/** The `count` rows nearest to a row by cosine: exact, every row is compared. */
export async function nearestRows(
  tensor: StoredTensor,
  row: number,
  count: number,
  pool: WeightsPool,
  signal: AbortSignal,
): Promise<Neighbour[]> {
  const table = tableShape(tensor.shape, valueCount(tensor));
  if (table === null) throw badInput(`Tensor "${tensor.name}" is no table of rows; choose one of two axes.`);
  if (row >= table.rows)
    throw badInput(`Tensor "${tensor.name}" has no row ${row}; its rows are 0 to ${table.rows - 1}.`);
  const query = { row, values: rowOf(tensor, row, table.columns), count };
  const nearest: Neighbour[] = [];
  const part = (span: Span) => pool.run('nearest', { span, query });
  for await (const found of inOrder(spansOf(tensor), pool.threads + 1, part, signal))
    for (const neighbour of found) keepNearest(nearest, neighbour, count);
  return nearest;
}

function rowOf(tensor: StoredTensor, row: number, columns: number): NeighbourQuery['values'] {
  const reader = new TensorReader(tensor);
  try {
    return Float64Array.from(reader.read(row * columns, columns));
  } finally {
    reader.close();
  }
}
