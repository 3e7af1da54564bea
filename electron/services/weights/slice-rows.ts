import { badInput } from '../../../shared/domain/error.ts';
import { parseSlice, sliceLines } from '../../../shared/domain/weights/slice.ts';
import { SliceReader } from './slice-reader.ts';
import type { StoredTensor } from './stored-tensor.ts';
import { tensorTexts } from './tensor-texts.ts';

/** Rows of any length are shown in parts. */
const WIDEST_LINE = Number.POSITIVE_INFINITY;

/** Which part of a slice's table is shown. */
export interface SliceWindow {
  readonly slice: string;
  readonly offset: number;
  readonly limit: number;
  readonly column: number;
  readonly columns: number;
}

export interface SliceRows {
  readonly total: number;
  /** `place`: where the row stands on the axes before the last, or on the only one. */
  readonly rows: readonly { readonly place: readonly number[]; readonly cells: readonly string[] }[];
}

/** Some rows of a slice's table, in some of its columns, as exact text. */
export function sliceRows(
  tensor: StoredTensor,
  { slice: text, offset, limit, column, columns: wanted }: SliceWindow,
): SliceRows {
  if (tensor.dtype === 'STRING')
    throw badInput(`Tensor "${tensor.name}" holds text, which is not shown; choose one of numbers`);
  const slice = parseSlice(text, tensor.shape);
  const { rows: total, columns, placeOf } = sliceLines(slice, WIDEST_LINE);
  const width = Math.max(0, Math.min(wanted, columns - column));
  const reader = new SliceReader(tensor, slice);
  try {
    const count = width === 0 ? 0 : Math.max(0, Math.min(limit, total - offset));
    const rows = Array.from({ length: count }, (_, at) => ({
      place: placeOf(offset + at),
      cells: tensorTexts(reader, tensor, (offset + at) * columns + column, width),
    }));
    return { total: width === 0 ? 0 : total, rows };
  } finally {
    reader.close();
  }
}
