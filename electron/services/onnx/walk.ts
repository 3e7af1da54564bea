import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const WINDOW_BYTES = 65_536;
const LONGEST_TEXT = 1_048_576;

/** Bytes that need not be in memory. */
export interface ByteSource {
  readonly size: number;
  /** The bytes `[offset, offset + length)`, valid until the next read. Throws RangeError past the end. */
  read(offset: number, length: number): Uint8Array;
}

/** A file read through a window of 64 KiB. */
export class FileBytes implements ByteSource {
  readonly size: number;
  readonly #file: number;
  #window = new Uint8Array(0);
  #windowStart = 0;

  constructor(path: string) {
    this.#file = openSync(path, 'r');
    this.size = fstatSync(this.#file).size;
  }

  read(offset: number, length: number): Uint8Array {
    if (offset + length > this.size) throw new RangeError(`the file ends at byte ${this.size}`);
    const at = offset - this.#windowStart;
    if (at >= 0 && at + length <= this.#window.length) return this.#window.subarray(at, at + length);
    const buffer = new Uint8Array(Math.max(length, WINDOW_BYTES));
    let filled = 0;
    while (filled < length) {
      const count = readSync(this.#file, buffer, filled, buffer.length - filled, offset + filled);
      if (count === 0) throw new RangeError(`the file ends at byte ${offset + filled}`);
      filled += count;
    }
    this.#window = buffer.subarray(0, filled);
    this.#windowStart = offset;
    return this.#window.subarray(0, length);
  }

  close(): void {
    closeSync(this.#file);
  }
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
    const key = varint(source, at, range.end);
    const number = Number(key.value >> 3n);
    const wireType = Number(key.value & 7n);
    const field = { number, ...extent(source, wireType, key.end, range.end) };
    if (number === 0 || field.end > range.end) throw new RangeError(`byte ${at} starts no valid field`);
    yield field;
    at = field.end;
  }
}

function extent(source: ByteSource, wireType: number, at: number, limit: number): Omit<Field, 'number'> {
  if (wireType === 0) return { start: at, ...varint(source, at, limit) };
  if (wireType === 1) return { start: at, end: at + 8, value: 0n };
  if (wireType === 5) return { start: at, end: at + 4, value: 0n };
  if (wireType !== 2) throw new RangeError(`byte ${at} starts no valid field`);
  const length = varint(source, at, limit);
  return { start: length.end, end: length.end + Number(length.value), value: 0n };
}

/** The number that starts at `start`, and where it ends. Throws RangeError where there is none before `limit`. */
export function varint(source: ByteSource, start: number, limit: number): { value: bigint; end: number } {
  let value = 0n;
  for (let index = 0; index < 10 && start + index < limit; index += 1) {
    const byte = source.read(start + index, 1)[0] ?? 0;
    value |= BigInt(byte & 0x7f) << BigInt(7 * index);
    if (byte < 0x80) return { value: BigInt.asUintN(64, value), end: start + index + 1 };
  }
  throw new RangeError(`byte ${start} starts no valid number`);
}

/** The UTF-8 text of a field. Throws when it is longer than 1 MiB. */
export function fieldText(source: ByteSource, { start, end }: Range): string {
  if (end - start > LONGEST_TEXT)
    throw new RangeError(`the text at byte ${start} is longer than a name can be`);
  return new TextDecoder().decode(source.read(start, end - start));
}
