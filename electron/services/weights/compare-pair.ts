import { changeOf, type Change, type DifferenceScan } from '../../../shared/domain/weights/difference.ts';
import { tableShape } from '../../../shared/domain/weights/tensor.ts';
import { valueCount, type StoredTensor } from './stored-tensor.ts';
import { compareSpan } from './walk-tensor.ts';

/** A tensor in both versions, of one shape. */
export interface TensorPair {
  readonly before: StoredTensor;
  readonly after: StoredTensor;
}

/** Compares a pair on this thread. */
export const compareHere = (pair: TensorPair): Change =>
  pairChange(pair, compareSpan({ tensor: pair.before, from: 0, to: valueCount(pair.before) }, pair.after));

/** What a whole walk over a pair says. */
export function pairChange({ before }: TensorPair, scan: DifferenceScan): Change {
  const values = valueCount(before);
  return changeOf(scan, values, tableShape(before.shape, values) !== null);
}
