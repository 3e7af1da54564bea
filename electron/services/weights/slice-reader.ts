import { bytesFor, LAYOUTS } from '../../../shared/domain/weights/dtype.ts';
import { runsOf, sliceCount, type Run, type Slice } from '../../../shared/domain/weights/slice.ts';
import { openBytes, type StoredBytes } from './stored-bytes.ts';
import type { StoredTensor } from './stored-tensor.ts';
import { TensorReader } from './tensor-reader.ts';

/** Elements read at once where a slice takes small bits of a tensor. */
const WINDOW = 65_536;

/** Reads a slice of a tensor in the order of its elements, whatever it skips. */
export class SliceReader {
  readonly #tensor: StoredTensor;
  readonly #slice: Slice;
  readonly #parts: number;
  readonly #values: TensorReader;
  readonly #bytes: StoredBytes;
  #valueWindow: Window<Float64Array> | null = null;
  #byteWindow: Window<Uint8Array> | null = null;

  constructor(tensor: StoredTensor, slice: Slice) {
    this.#tensor = tensor;
    this.#slice = slice;
    this.#parts = LAYOUTS[tensor.dtype].parts;
    this.#values = new TensorReader(tensor);
    this.#bytes = openBytes(tensor);
  }

  /** Elements of the slice. */
  get count(): number {
    return sliceCount(this.#slice);
  }

  /** The values of the slice's elements `[from, from + count)`, two for each complex one. */
  values(from: number, count: number): Float64Array {
    const parts = this.#parts;
    const out = new Float64Array(Math.max(0, Math.min(count, this.count - from)) * parts);
    let filled = 0;
    for (const run of this.#runs(from, count)) {
      this.#valueWindow = this.#window(run, this.#valueWindow, (start, length) =>
        Float64Array.from(this.#values.read(start * parts, length * parts)),
      );
      const { from: start, content } = this.#valueWindow;
      const at = (run.from - start) * parts;
      out.set(content.subarray(at, at + run.count * parts), filled);
      filled += run.count * parts;
    }
    return out;
  }

  /** The same elements as they are stored; for types of whole bytes. */
  bytes(from: number, count: number): Uint8Array<ArrayBuffer> {
    const width = bytesFor(this.#tensor.dtype, 1) ?? 0;
    const out = new Uint8Array(Math.max(0, Math.min(count, this.count - from)) * width);
    let filled = 0;
    for (const run of this.#runs(from, count)) {
      this.#byteWindow = this.#window(run, this.#byteWindow, (start, length) => {
        const bytes = new Uint8Array(length * width);
        this.#bytes.read(start * width, bytes);
        return bytes;
      });
      const { from: start, content } = this.#byteWindow;
      const at = (run.from - start) * width;
      out.set(content.subarray(at, at + run.count * width), filled);
      filled += run.count * width;
    }
    return out;
  }

  close(): void {
    this.#values.close();
    this.#bytes.close();
  }

  /** Runs of the flat tensor, none longer than a window. */
  *#runs(from: number, count: number): Generator<Run> {
    for (const run of runsOf(this.#slice, this.#tensor.shape, from, count))
      for (let at = 0; at < run.count; at += WINDOW)
        yield { from: run.from + at, count: Math.min(WINDOW, run.count - at) };
  }

  #window<Content>(
    run: Run,
    known: Window<Content> | null,
    read: (start: number, length: number) => Content,
  ): Window<Content> {
    if (known !== null && run.from >= known.from && run.from + run.count <= known.to) return known;
    const to = Math.min(this.#tensor.elements, run.from + WINDOW);
    return { from: run.from, to, content: read(run.from, to - run.from) };
  }
}

interface Window<Content> {
  readonly from: number;
  readonly to: number;
  readonly content: Content;
}
