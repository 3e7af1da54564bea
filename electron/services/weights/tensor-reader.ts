import { codeValues } from '../../../shared/domain/weights/code-values.ts';
import { LAYOUTS, type Dtype } from '../../../shared/domain/weights/dtype.ts';
import { tableShape, type Values } from '../../../shared/domain/weights/tensor.ts';
import { threadKernel } from './kernel/kernel.ts';
import { openBytes, type StoredBytes } from './stored-bytes.ts';
import { valueCount, type StoredTensor } from './stored-tensor.ts';

const VALUES_AT_ONCE = 262_144;

/** Reads the values of a tensor, a block at a time. */
export class TensorReader {
  readonly #dtype: Dtype;
  readonly #bytes: StoredBytes;
  readonly #slot: 0 | 1 | null;
  #stored = new Uint8Array(0);
  #values32 = new Float32Array(0);
  #values64 = new Float64Array(0);

  /** `slot`: where float32 values go, so that the kernel's loops can read them; one reader at a time may use it. */
  constructor(tensor: StoredTensor, slot: 0 | 1 | null = null) {
    this.#dtype = tensor.dtype;
    this.#bytes = openBytes(tensor);
    this.#slot = slot;
  }

  /** The values `[from, from + count)` of the flat tensor; valid until the next read. */
  read(from: number, count: number): Values {
    const { bits, kind } = LAYOUTS[this.#dtype];
    const firstByte = Math.floor((from * bits) / 8);
    const length = Math.ceil(((from + count) * bits) / 8) - firstByte;
    if (kind === 'float' && bits === 32) {
      const values = this.#room32(count);
      this.#bytes.read(firstByte, new Uint8Array(values.buffer, values.byteOffset, length));
      return values;
    }
    if (this.#stored.length < length) this.#stored = new Uint8Array(Math.ceil(length / 8) * 8);
    const stored = this.#stored.subarray(0, length);
    this.#bytes.read(firstByte, stored);
    if (kind === 'float' && bits === 64) return new Float64Array(stored.buffer, 0, count);
    return bits > 16
      ? this.#integers(stored.buffer, count)
      : this.#codes(stored, from * bits - firstByte * 8, count);
  }

  close(): void {
    this.#bytes.close();
  }

  #integers(stored: ArrayBufferLike, count: number): Values {
    const values = this.#room64(count);
    if (this.#dtype === 'I32') values.set(new Int32Array(stored, 0, count));
    else if (this.#dtype === 'U32') values.set(new Uint32Array(stored, 0, count));
    else {
      const whole =
        this.#dtype === 'I64' ? new BigInt64Array(stored, 0, count) : new BigUint64Array(stored, 0, count);
      for (let at = 0; at < count; at += 1) values[at] = Number(whole[at]);
    }
    return values;
  }

  /** `bit`: where the first code begins. Codes below a byte are packed from the lowest bit up. */
  #codes(stored: Uint8Array, bit: number, count: number): Values {
    const { bits } = LAYOUTS[this.#dtype];
    const meaning = codeValues(this.#dtype);
    const values = this.#room32(count);
    if (bits >= 8) {
      const codes = bits === 8 ? stored : new Uint16Array(stored.buffer, 0, count);
      for (let at = 0; at < count; at += 1) values[at] = meaning[codes[at] ?? 0] ?? 0;
      return values;
    }
    const mask = 2 ** bits - 1;
    for (let at = 0; at < count; at += 1) {
      const position = bit + at * bits;
      const byte = position >>> 3;
      const code = ((stored[byte] ?? 0) | ((stored[byte + 1] ?? 0) << 8)) >>> (position & 7);
      values[at] = meaning[code & mask] ?? 0;
    }
    return values;
  }

  #room32(count: number): Float32Array<ArrayBuffer> {
    const room = this.#slot === null ? null : threadKernel().room(this.#slot, count * 4);
    if (room !== null) return new Float32Array(room.buffer, room.byteOffset, count);
    if (this.#values32.length < count) this.#values32 = new Float32Array(count);
    return this.#values32.subarray(0, count);
  }

  #room64(count: number): Float64Array<ArrayBuffer> {
    if (this.#values64.length < count) this.#values64 = new Float64Array(count);
    return this.#values64.subarray(0, count);
  }
}

/** How many values are read at once: whole rows of a table, about a million bytes. Sums are cut the same way. */
export function blockLength(tensor: StoredTensor): number {
  const table = tableShape(tensor.shape, valueCount(tensor));
  return table === null
    ? VALUES_AT_ONCE
    : table.columns * Math.max(1, Math.floor(VALUES_AT_ONCE / table.columns));
}
