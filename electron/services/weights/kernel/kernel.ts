import type { PairSums } from '../../../../shared/domain/weights/difference.ts';
import { BINS } from '../../../../shared/domain/weights/histogram.ts';
import { KEY_BUCKETS } from '../../../../shared/domain/weights/key.ts';
import type { BlockSums } from '../../../../shared/domain/weights/sum-block.ts';
import { assemble } from './assemble.ts';
import { KERNEL_TEXT } from './text.ts';

/** What a kernel exports; TypeScript's libraries name WebAssembly in a window only. */
interface Loops {
  readonly memory: { readonly buffer: ArrayBuffer };
  sumRows(at: number, rows: number, columns: number, norms: number, out: number): void;
  countDigits(at: number, end: number, table: number): void;
  select(at: number, end: number, look: number, mask: number, out: number): number;
  countBins(at: number, end: number, edges: number, scale: number, table: number): void;
  productsOfRows(at: number, rows: number, columns: number, query: number, out: number): void;
  compareRows(at: number, apart: number, rows: number, columns: number, norms: number, out: number): void;
  countChanges(at: number, apart: number, end: number, table: number): void;
}
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: Loops };
};

/** Values that loops take at once: they stay in the nearest cache from one loop to the next. */
export const CHUNK = 4096;
/** Values of the longest row that is read whole. */
const ROOM = 1_048_576;
const EXPONENTS = 4096;

const DIGITS = 0;
const LOOK = DIGITS + KEY_BUCKETS * 4;
const CHANGES = LOOK + KEY_BUCKETS;
const OUT = CHANGES + EXPONENTS * 4;
const NORMS = OUT + 64;
const EDGES = NORMS + CHUNK * 8;
const COUNTED_BINS = EDGES + (BINS + 1) * 8;
const PRODUCTS = COUNTED_BINS + BINS * 4 + 8;
const SLOTS = 1_048_576;
const SLOT_BYTES = ROOM * 4;

/** The loops over float32 with the memory they read: two slots for values, one for what `select` picks. */
class Kernel {
  readonly #loops: Loops;
  readonly #buffer: ArrayBuffer;
  readonly #out: Float64Array;
  /** Sums of squares of the rows that were walked over last. */
  readonly rowSquares: Float64Array;
  /** How many values have each upper half, since `clearDigits`. */
  readonly digits: Uint32Array;
  /** Changes by sign and exponent, since `clearChanges`. */
  readonly changes: Uint32Array;
  readonly #look: Uint8Array;
  readonly #edges: Float64Array;
  #scale = 1;
  /** How many values fell in each bin, since `binBy`. */
  readonly bins: Uint32Array;
  readonly #products: Float64Array;

  constructor() {
    this.#loops = new WebAssembly.Instance(new WebAssembly.Module(assemble(KERNEL_TEXT))).exports;
    this.#buffer = this.#loops.memory.buffer;
    this.#out = new Float64Array(this.#buffer, OUT, 5);
    this.rowSquares = new Float64Array(this.#buffer, NORMS, CHUNK);
    this.digits = new Uint32Array(this.#buffer, DIGITS, KEY_BUCKETS);
    this.changes = new Uint32Array(this.#buffer, CHANGES, EXPONENTS);
    this.#look = new Uint8Array(this.#buffer, LOOK, KEY_BUCKETS);
    this.#edges = new Float64Array(this.#buffer, EDGES, BINS + 1);
    this.bins = new Uint32Array(this.#buffer, COUNTED_BINS, BINS);
    this.#products = new Float64Array(this.#buffer, PRODUCTS, CHUNK * 2);
  }

  /** Room for values in one of two slots; null where they are more than a slot holds. */
  room(slot: 0 | 1, bytes: number): Uint8Array<ArrayBuffer> | null {
    return bytes > SLOT_BYTES ? null : new Uint8Array(this.#buffer, SLOTS + slot * SLOT_BYTES, bytes);
  }

  /** Whether values lie where the loops can read them. */
  holds(values: Float32Array | Float64Array): values is Float32Array<ArrayBuffer> {
    return values instanceof Float32Array && values.buffer === this.#buffer;
  }

  /** Sums of `rows` whole rows from value `from` on, at most a chunk; fills `rowSquares`. */
  sumRows(values: Float32Array, from: number, rows: number, columns: number): BlockSums {
    this.#loops.sumRows(values.byteOffset + from * 4, rows, columns, NORMS, OUT);
    const [sum = 0, squares = 0, min = 0, max = 0, zeros = 0] = this.#out;
    return { sum, squares, min, max, zeros };
  }

  clearDigits(): void {
    this.digits.fill(0);
  }

  countDigits(values: Float32Array): void {
    if (values.length > 0)
      this.#loops.countDigits(values.byteOffset, values.byteOffset + values.byteLength, DIGITS);
  }

  lookFor(look: Uint8Array): void {
    this.#look.set(look);
  }

  /** The values whose upper half has some bit of `mask` in what `lookFor` was given; valid until the next call. */
  select(values: Float32Array, mask: number): Float32Array<ArrayBuffer> {
    return this.#select(values, mask, SLOTS + 2 * SLOT_BYTES);
  }

  /** Of values that `select` gave those of some bit of `mask`, in the second slot. */
  selectAgain(selected: Float32Array, mask: number): Float32Array<ArrayBuffer> {
    return this.#select(selected, mask, SLOTS + SLOT_BYTES);
  }

  #select(values: Float32Array, mask: number, start: number): Float32Array<ArrayBuffer> {
    const [first, last] = [values.byteOffset, values.byteOffset + values.byteLength];
    const end = values.length === 0 ? start : this.#loops.select(first, last, LOOK, mask, start);
    return new Float32Array(this.#buffer, start, (end - start) / 4);
  }

  /** Begins to count by the edges of bins. */
  binBy(edges: Float64Array): void {
    this.#edges.set(edges);
    this.#edges[BINS] = Number.POSITIVE_INFINITY; // the last bin includes its end
    this.#scale = BINS / ((edges[BINS] ?? 0) - (edges[0] ?? 0));
    this.bins.fill(0);
  }

  /** Counts finite values in their bins. */
  countBins(values: Float32Array): void {
    const { byteOffset, byteLength } = values;
    if (byteLength > 0)
      this.#loops.countBins(byteOffset, byteOffset + byteLength, EDGES, this.#scale, COUNTED_BINS);
  }

  /** Puts a row into the second slot, to multiply rows of the first with; whether it has room there. */
  queryBy(query: Float64Array): boolean {
    const room = this.room(1, query.byteLength);
    if (room !== null) new Float64Array(room.buffer, room.byteOffset, query.length).set(query);
    return room !== null;
  }

  /** Of `rows` whole rows from value `from` on, at most `CHUNK`: product with the query and sum of squares, in turns. */
  productsOfRows(values: Float32Array, from: number, rows: number, columns: number): Float64Array {
    const at = values.byteOffset + from * 4;
    this.#loops.productsOfRows(at, rows, columns, SLOTS + SLOT_BYTES, PRODUCTS);
    return this.#products.subarray(0, rows * 2);
  }

  /** Sums of `rows` whole rows of two versions, at most a chunk; fills `rowSquares` with those of the difference. */
  compareRows(
    before: Float32Array,
    after: Float32Array,
    from: number,
    rows: number,
    columns: number,
  ): PairSums {
    const apart = after.byteOffset - before.byteOffset;
    this.#loops.compareRows(before.byteOffset + from * 4, apart, rows, columns, NORMS, OUT);
    const [squares = 0, squaresBefore = 0, squaresAfter = 0, products = 0, largest = 0] = this.#out;
    return { squares, squaresBefore, squaresAfter, products, largest };
  }

  clearChanges(): void {
    this.changes.fill(0);
  }

  countChanges(before: Float32Array, after: Float32Array, from: number, count: number): void {
    const at = before.byteOffset + from * 4;
    this.#loops.countChanges(at, after.byteOffset - before.byteOffset, at + count * 4, CHANGES);
  }
}

let kernel: Kernel | null = null;

/** The kernel of this thread; its memory is taken when it is first asked for. */
export const threadKernel = (): Kernel => (kernel ??= new Kernel());
