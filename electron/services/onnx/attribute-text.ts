import { fields, fieldText, varint, type ByteSource, type Field, type Range } from './walk.ts';

const MOST_SHOWN = 32;
const LONGEST_SHOWN = 200;
/** AttributeProto.AttributeType of the two whose zero may be left out of the file. */
const [FLOAT, INT] = [1n, 2n];

/** An AttributeProto's value, for reading: numbers and short text in full, the rest by what it is. */
export function attributeText(source: ByteSource, range: Range): string {
  const parts = [...fields(source, range)];
  const of = (number: number) => parts.filter((part) => part.number === number);
  const last = (number: number) => parts.findLast((part) => part.number === number);
  const text = (field: Field) => shortText(source, field);
  if (of(5).length + of(10).length > 0) return 'a tensor';
  if (of(22).length + of(23).length > 0) return 'a sparse tensor';
  if (of(6).length + of(11).length > 0) return 'a graph';
  if (of(7).length > 0) return listed(floats(source, of(7)));
  if (of(8).length > 0) return listed(ints(source, of(8)));
  if (of(9).length > 0) return listed(of(9).map(text));
  const [string, int, float] = [last(4), last(3), last(2)];
  if (string !== undefined) return text(string);
  if (int !== undefined) return String(BigInt.asIntN(64, int.value));
  if (float !== undefined) return listed(floats(source, [float]));
  const type = last(20)?.value;
  return type === FLOAT || type === INT ? '0' : '';
}

const listed = (values: readonly string[]): string =>
  values.length > MOST_SHOWN
    ? `${values.slice(0, MOST_SHOWN).join(', ')} and ${values.length - MOST_SHOWN} more`
    : values.join(', ');

function shortText(source: ByteSource, { start, end }: Range): string {
  if (end - start <= LONGEST_SHOWN) return fieldText(source, { start, end });
  return `${fieldText(source, { start, end: start + LONGEST_SHOWN })}…`;
}

/** Packed or one by one. */
function floats(source: ByteSource, parts: readonly Range[]): string[] {
  return parts.flatMap(({ start, end }) => {
    const bytes = source.read(start, Math.min(end - start, 4 * (MOST_SHOWN + 1)));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return Array.from({ length: Math.floor((end - start) / 4) }, (_, at) =>
      at * 4 + 4 > view.byteLength ? '' : String(Number(view.getFloat32(at * 4, true).toPrecision(7))),
    );
  });
}

function ints(source: ByteSource, parts: readonly Range[]): string[] {
  return parts.flatMap(({ start, end }) => {
    const found: string[] = [];
    for (let at = start; at < end;) {
      const number = varint(source, at, end);
      found.push(String(BigInt.asIntN(64, number.value)));
      at = number.end;
    }
    return found;
  });
}
