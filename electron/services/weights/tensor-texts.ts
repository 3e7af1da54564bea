import { LAYOUTS } from '../../../shared/domain/weights/dtype.ts';
import { float32Text, float64Text } from '../../../shared/domain/weights/number-text.ts';
import type { SliceReader } from './slice-reader.ts';
import type { StoredTensor } from './stored-tensor.ts';

/** Elements `[from, from + count)` of a slice as exact text: every digit of a whole number, the fewest that tell a float apart. */
export function tensorTexts(
  reader: SliceReader,
  { dtype }: StoredTensor,
  from: number,
  count: number,
): string[] {
  if (dtype === 'I64') return Array.from(new BigInt64Array(reader.bytes(from, count).buffer), String);
  if (dtype === 'U64') return Array.from(new BigUint64Array(reader.bytes(from, count).buffer), String);
  const { bits, parts } = LAYOUTS[dtype];
  const text = bits === 64 ? float64Text : float32Text;
  const texts = Array.from(reader.values(from, count), text);
  if (parts === 1) return texts;
  return Array.from({ length: texts.length / 2 }, (_, at) => complexText(texts[2 * at], texts[2 * at + 1]));
}

/** As Python writes it: 1+2j. */
const complexText = (real = '0', imaginary = '0'): string =>
  `${real}${imaginary.startsWith('-') ? '' : '+'}${imaginary}j`;
