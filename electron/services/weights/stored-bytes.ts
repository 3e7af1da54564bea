import { closeSync, openSync, readSync } from 'node:fs';
import { badInput } from '../../../shared/domain/error.ts';
import { LAYOUTS } from '../../../shared/domain/weights/dtype.ts';
import type { Piece, StoredTensor } from './stored-tensor.ts';

/** Bytes of a tensor as its type lays them out, wherever they lie. Reading onward is cheap; back may start anew. */
export interface StoredBytes {
  /** Fills `target` with the bytes from `offset` on. */
  read(offset: number, target: Uint8Array): void;
  close(): void;
}

export function openBytes(tensor: StoredTensor): StoredBytes {
  const { data } = tensor;
  if (data.kind === 'sparse') return new SparseBytes(tensor, data.values, data.indices);
  const pieces = new PieceBytes(tensor.name, data.pieces);
  return data.kind === 'raw' ? pieces : new VarintBytes(tensor.name, pieces, data.pieces, data.width);
}

class PieceBytes implements StoredBytes {
  readonly #name: string;
  readonly #pieces: readonly Piece[];
  readonly #files = new Map<string, number>();

  constructor(name: string, pieces: readonly Piece[]) {
    this.#name = name;
    this.#pieces = pieces;
  }

  read(offset: number, target: Uint8Array): void {
    let before = 0;
    let filled = 0;
    for (const { path, start, end } of this.#pieces) {
      const length = end - start;
      const from = offset + filled - before;
      if (filled < target.length && from < length) {
        const count = Math.min(length - from, target.length - filled);
        this.#readPiece(path, start + from, target.subarray(filled, filled + count));
        filled += count;
      }
      before += length;
    }
    if (filled < target.length) throw endsEarly(this.#name);
  }

  close(): void {
    for (const file of this.#files.values()) closeSync(file);
    this.#files.clear();
  }

  #readPiece(path: string, position: number, target: Uint8Array): void {
    const file = this.#files.get(path) ?? openSync(path, 'r');
    this.#files.set(path, file);
    for (let filled = 0; filled < target.length;) {
      const count = readSync(file, target, filled, target.length - filled, position + filled);
      if (count === 0) throw endsEarly(this.#name);
      filled += count;
    }
  }
}

const VARINT_WINDOW = 65_536;

class VarintBytes implements StoredBytes {
  readonly #name: string;
  readonly #bytes: PieceBytes;
  readonly #size: number;
  readonly #width: number;
  readonly #window = new Uint8Array(VARINT_WINDOW);
  #windowStart = 0;
  #windowEnd = 0;
  #at = 0;
  #done = 0;

  constructor(name: string, bytes: PieceBytes, pieces: readonly Piece[], width: number) {
    this.#name = name;
    this.#bytes = bytes;
    this.#size = pieces.reduce((sum, { start, end }) => sum + end - start, 0);
    this.#width = width;
  }

  read(offset: number, target: Uint8Array): void {
    if (offset < this.#done) [this.#at, this.#done] = [0, 0];
    while (this.#done < offset) this.#number();
    for (let filled = 0; filled < target.length; filled += this.#width) {
      let value = this.#number();
      for (let at = filled; at < Math.min(filled + this.#width, target.length); at += 1) {
        target[at] = Number(value & 0xffn);
        value >>= 8n;
      }
    }
  }

  close(): void {
    this.#bytes.close();
  }

  #number(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) {
        this.#done += this.#width;
        return value;
      }
    }
    throw badInput(`Tensor "${this.#name}" holds a number of more than ten bytes; export it again.`);
  }

  #byte(): number {
    if (this.#at < this.#windowStart || this.#at >= this.#windowEnd) {
      if (this.#at >= this.#size) throw endsEarly(this.#name);
      this.#windowStart = this.#at;
      this.#windowEnd = Math.min(this.#size, this.#at + VARINT_WINDOW);
      this.#bytes.read(this.#at, this.#window.subarray(0, this.#windowEnd - this.#at));
    }
    this.#at += 1;
    return this.#window[this.#at - 1 - this.#windowStart] ?? 0;
  }
}

/** A sparse tensor laid out: zero everywhere but at its indices, which must rise. */
class SparseBytes implements StoredBytes {
  readonly #tensor: StoredTensor;
  readonly #count: number;
  readonly #width: number;
  readonly #axes: number;
  readonly #values: StoredBytes;
  readonly #indices: StoredBytes;
  #next = 0;
  #last = -1;

  constructor(tensor: StoredTensor, values: StoredTensor, indices: StoredTensor) {
    const { bits, parts } = LAYOUTS[tensor.dtype];
    this.#tensor = tensor;
    this.#count = values.elements;
    this.#width = (bits * parts) / 8;
    this.#axes = indices.shape.length === 2 ? tensor.shape.length : 1;
    this.#values = openBytes(values);
    this.#indices = openBytes(indices);
  }

  read(offset: number, target: Uint8Array): void {
    target.fill(0);
    const first = offset / this.#width;
    if (this.#last >= first) [this.#next, this.#last] = [0, -1];
    for (; this.#next < this.#count; this.#next += 1) {
      const index = this.#index(this.#next);
      if (index <= this.#last || index >= this.#tensor.elements)
        throw badInput(
          `Sparse tensor "${this.#tensor.name}": index ${index} at place ${this.#next} is out of order or outside the tensor.`,
        );
      if ((index + 1) * this.#width > offset + target.length) break;
      if (index >= first) {
        const at = (index - first) * this.#width;
        this.#values.read(this.#next * this.#width, target.subarray(at, at + this.#width));
      }
      this.#last = index;
    }
  }

  close(): void {
    this.#values.close();
    this.#indices.close();
  }

  #index(place: number): number {
    const bytes = new Uint8Array(8 * this.#axes);
    this.#indices.read(place * bytes.length, bytes);
    const parts = [...new BigInt64Array(bytes.buffer)].map(Number);
    if (this.#axes === 1) return parts[0] ?? -1;
    const { shape } = this.#tensor;
    const inside = parts.every((part, axis) => part >= 0 && part < (shape[axis] ?? 0));
    return inside ? parts.reduce((flat, part, axis) => flat * (shape[axis] ?? 0) + part, 0) : -1;
  }
}

const endsEarly = (name: string) =>
  badInput(`The data of tensor "${name}" ends before its last value; export it again.`);
