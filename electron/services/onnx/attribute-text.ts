import { fieldList, fieldText, varint, type ByteSource, type Field, type Range } from './walk.ts';

const MOST_SHOWN = 32;
const LONGEST_SHOWN = 200;
const CHUNK = 65_536;
/** AttributeProto.AttributeType of the two whose zero may be left out of the file. */
const [FLOAT, INT] = [1n, 2n];

/** An AttributeProto's value, for reading: numbers and short text in full, the rest by what it is. */
export function attributeText(source: ByteSource, range: Range): string {
  const parts = fieldList(source, range);
  const of = (number: number) => parts.filter((part) => part.number === number);
  const last = (number: number) => parts.findLast((part) => part.number === number);
  const text = (field: Field) => shortText(source, field);
  if (of(5).length + of(10).length > 0) return 'a tensor';
  if (of(22).length + of(23).length > 0) return 'a sparse tensor';
  if (of(6).length + of(11).length > 0) return 'a graph';
  if (of(7).length > 0) return floats(source, of(7));
  if (of(8).length > 0) return ints(source, of(8));
  if (of(9).length > 0) return listed(of(9).slice(0, MOST_SHOWN).map(text), of(9).length);
  const [string, int, float] = [last(4), last(3), last(2)];
  if (string !== undefined) return text(string);
  if (int !== undefined) return String(BigInt.asIntN(64, int.value));
  if (float !== undefined) return floats(source, [float]);
  const type = last(20)?.value;
  return type === FLOAT || type === INT ? '0' : '';
}

/** The first values, and how many of `count` follow. */
const listed = (shown: readonly string[], count: number): string =>
  count > shown.length ? `${shown.join(', ')} and ${count - shown.length} more` : shown.join(', ');

function shortText(source: ByteSource, { start, end }: Range): string {
  if (end - start <= LONGEST_SHOWN) return fieldText(source, { start, end });
  return `${fieldText(source, { start, end: start + LONGEST_SHOWN })}…`;
}

/** Packed or one by one. */
function floats(source: ByteSource, parts: readonly Range[]): string {
  const shown: string[] = [];
  for (const { start, end } of parts)
    for (let at = start; at + 4 <= end && shown.length < MOST_SHOWN; at += 4) {
      const bytes = source.read(at, 4);
      const value = new DataView(bytes.buffer, bytes.byteOffset, 4).getFloat32(0, true);
      shown.push(String(Number(value.toPrecision(7))));
    }
  return listed(
    shown,
    parts.reduce((sum, { start, end }) => sum + Math.floor((end - start) / 4), 0),
  );
}

function ints(source: ByteSource, parts: readonly Range[]): string {
  const shown: string[] = [];
  for (const { start, end } of parts)
    for (let at = start; at < end && shown.length < MOST_SHOWN;) {
      const number = varint(source, at, end);
      shown.push(String(BigInt.asIntN(64, number.value)));
      at = number.end;
    }
  return listed(
    shown,
    parts.reduce((sum, part) => sum + varints(source, part), 0),
  );
}

/** How many numbers a packed field holds: each ends with its only byte below 128. */
function varints(source: ByteSource, { start, end }: Range): number {
  let count = 0;
  for (let at = start; at < end; at += CHUNK)
    for (const byte of source.read(at, Math.min(CHUNK, end - at))) if (byte < 0x80) count += 1;
  return count;
}
