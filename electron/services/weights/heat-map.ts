import { badInput } from '../../../shared/domain/error.ts';
import { HeatGrid, type HeatMap, type HeatRule } from '../../../shared/domain/weights/heat.ts';
import { LAYOUTS } from '../../../shared/domain/weights/dtype.ts';
import { parseSlice, sliceTable } from '../../../shared/domain/weights/slice.ts';
import { SliceReader } from './slice-reader.ts';
import type { StoredTensor } from './stored-tensor.ts';

const AT_ONCE = 262_144;
/** More cells than that are more than a screen shows. */
const MOST_CELLS = { rows: 192, columns: 256 };

/** A slice of a tensor as a grid of colours: axes before the last make rows, the parts of complex numbers stand side by side. */
export function heatMap(tensor: StoredTensor, text: string, rule: HeatRule): HeatMap {
  if (tensor.dtype === 'STRING') throw badInput(`Tensor "${tensor.name}" holds text, which has no heat map`);
  const slice = parseSlice(text, tensor.shape);
  const { parts } = LAYOUTS[tensor.dtype];
  const { rows, columns } = sliceTable(slice);
  const grid = new HeatGrid(rows, columns * parts, MOST_CELLS, rule);
  const reader = new SliceReader(tensor, slice);
  try {
    for (let at = 0; at < reader.count; at += AT_ONCE)
      grid.add(reader.values(at, Math.min(AT_ONCE, reader.count - at)), at * parts);
  } finally {
    reader.close();
  }
  return grid.map();
}
