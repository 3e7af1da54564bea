import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { ByteSource } from './walk.ts';

const WINDOW_BYTES = 65_536;
/** What a window costs to load, in fields walked over. */
const STEPS_OF_WINDOW = 32;
/** A model of 100,000 tensors and 50,000 operators takes half of them; a file made to keep its reader busy takes more. */
const MOST_STEPS = 20_000_000;

/** A file read through a window of 64 KiB. */
export class FileBytes implements ByteSource {
  readonly size: number;
  readonly #file: number;
  readonly #window = new Uint8Array(WINDOW_BYTES);
  #windowStart = 0;
  #windowEnd = 0;
  #steps = 0;

  constructor(path: string) {
    this.#file = openSync(path, 'r');
    this.size = fstatSync(this.#file).size;
  }

  read(offset: number, length: number): Uint8Array {
    if (offset + length > this.size) throw new RangeError(`the file ends at byte ${this.size}`);
    if (offset < this.#windowStart || offset + length > this.#windowEnd) this.#load(offset, length);
    const at = offset - this.#windowStart;
    return this.#window.subarray(at, at + length);
  }

  spend(steps: number): void {
    this.#steps += steps;
    if (this.#steps > MOST_STEPS)
      throw new RangeError(`it takes more than ${MOST_STEPS} steps to read, more than any model does`);
  }

  close(): void {
    closeSync(this.#file);
  }

  #load(offset: number, length: number): void {
    this.spend(STEPS_OF_WINDOW);
    if (length > WINDOW_BYTES) throw new RangeError(`${length} bytes are more than are read at once`);
    this.#windowStart = offset;
    this.#windowEnd = offset;
    while (this.#windowEnd - offset < length) {
      const filled = this.#windowEnd - offset;
      const room = WINDOW_BYTES - filled;
      const count = readSync(this.#file, this.#window, filled, room, this.#windowEnd);
      if (count === 0) throw new RangeError(`the file ends at byte ${this.#windowEnd}`);
      this.#windowEnd += count;
    }
  }
}
