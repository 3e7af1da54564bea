/** V8 tells longer strings apart by their length alone when it looks them up. */
const LONGEST_TEXT = 16_383;
const MOST_LISTED = 65_536;
/** Bytes of text that cost as much as a field: text is kept, so that all of it must be bounded too. */
const TEXT_OF_STEP = 4;
/** Of a number's bytes: so many fit into 28 bits. */
const SHORT_NUMBER = 4;
const decoder = new TextDecoder();

/** Bytes that need not be in memory. */
export interface ByteSource {
  readonly size: number;
  /** The bytes `[offset, offset + length)`, valid until the next read. Throws RangeError past the end. */
  read(offset: number, length: number): Uint8Array;
  /** Counts fields walked over, and what costs as much. Throws RangeError once they are more than a model can need. */
  spend(steps: number): void;
}

/** A range of bytes that holds a protobuf message. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** One field of a message: its bytes `[start, end)`, and its value when it is a varint. */
export interface Field extends Range {
  readonly number: number;
  readonly value: bigint;
}

/**
 * The fields of the protobuf message in `range`, in file order; what a field holds is not read.
 * Throws RangeError where the bytes are no message. https://protobuf.dev/programming-guides/encoding/
 */
export function* fields(source: ByteSource, range: Range): Generator<Field> {
  let at = range.start;
  while (at < range.end) {
    source.spend(1);
    const key = wholeNumber(source, at, range.end);
    const number = Math.floor(key.value / 8);
    const field = extent(source, number, key.value % 8, key.end, range.end);
    if (number === 0 || field.end > range.end) throw new RangeError(`byte ${at} starts no valid field`);
    yield field;
    at = field.end;
  }
}

/** The same as a list. Throws RangeError when they are more than 65,536. */
export function fieldList(source: ByteSource, range: Range): Field[] {
  const found: Field[] = [];
  for (const field of fields(source, range)) {
    if (found.length === MOST_LISTED)
      throw new RangeError(`the message at byte ${range.start} has more than ${MOST_LISTED} fields`);
    found.push(field);
  }
  return found;
}

function extent(source: ByteSource, number: number, wireType: number, at: number, limit: number): Field {
  if (wireType === 0) {
    const { value, end } = varint(source, at, limit);
    return { number, start: at, end, value };
  }
  if (wireType === 1) return { number, start: at, end: at + 8, value: 0n };
  if (wireType === 5) return { number, start: at, end: at + 4, value: 0n };
  if (wireType !== 2) throw new RangeError(`byte ${at} starts no valid field`);
  const length = wholeNumber(source, at, limit);
  return { number, start: length.end, end: length.end + length.value, value: 0n };
}

/** The number that starts at `start`, and where it ends. Throws RangeError where there is none before `limit`. */
export function varint(source: ByteSource, start: number, limit: number): { value: bigint; end: number } {
  const short = shortNumber(source, start, limit);
  if (short !== null) return { value: BigInt(short.value), end: short.end };
  let value = 0n;
  for (let index = 0; index < 10 && start + index < limit; index += 1) {
    const byte = source.read(start + index, 1)[0] ?? 0;
    value |= BigInt(byte & 0x7f) << BigInt(7 * index);
    if (byte < 0x80) return { value: BigInt.asUintN(64, value), end: start + index + 1 };
  }
  throw new RangeError(`byte ${start} starts no valid number`);
}

/** Exact below 2^53, which no length in a file reaches. */
function wholeNumber(source: ByteSource, start: number, limit: number): { value: number; end: number } {
  const short = shortNumber(source, start, limit);
  if (short !== null) return short;
  const { value, end } = varint(source, start, limit);
  return { value: Number(value), end };
}

/** The number if its bytes are few, as those of nearly all are; null for others. */
function shortNumber(
  source: ByteSource,
  start: number,
  limit: number,
): { value: number; end: number } | null {
  const length = Math.min(SHORT_NUMBER, limit - start);
  if (length <= 0) return null;
  const bytes = source.read(start, length);
  let value = 0;
  for (let index = 0; index < length; index += 1) {
    const byte = bytes[index] ?? 0;
    value |= (byte & 0x7f) << (7 * index);
    if (byte < 0x80) return { value, end: start + index + 1 };
  }
  return null;
}

/** The UTF-8 text of a field. Throws RangeError when it is longer than 16,383 bytes. */
export function fieldText(source: ByteSource, { start, end }: Range): string {
  if (end - start > LONGEST_TEXT)
    throw new RangeError(`the text at byte ${start} is longer than a name can be`);
  source.spend(Math.ceil((end - start) / TEXT_OF_STEP));
  return decoder.decode(source.read(start, end - start));
}
