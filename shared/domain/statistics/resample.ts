import { POISSON_WEIGHTS } from './poisson.ts';
import { Random } from './random.ts';

/** How often the requests are drawn anew. */
export const DRAWS = 1000;

/**
 * Numbers of some requests in a row: `values[request × columns + column]`, 0 where a request says nothing. `marks`: the
 * `requestMark` of each, from which with the seed its own random numbers come. So a request is drawn alike wherever it
 * stands, and figures that share requests, as those of slices by items do, share their draws.
 */
export interface Chunk {
  readonly seed: number;
  readonly marks: Float64Array;
  readonly columns: number;
  readonly values: Float64Array;
}

/**
 * Sums of every column over `draws` resamples of the chunk's requests: `sums[column × draws + draw]`. A request
 * counts Poisson(1) times in each draw, independently, and in all columns alike (the Poisson bootstrap: J. Hanley,
 * B. MacGibbon, Computer Methods and Programs in Biomedicine 83(1), 2006; N. Chamandy et al., Google, 2012). Unlike
 * drawing a fixed number of requests it needs no count in advance, so chunks are drawn apart and simply added.
 */
export function bootstrapSums(chunk: Chunk, draws: number = DRAWS): Float64Array {
  return weightedSums(chunk, draws, 0x626f6f74, (random, weights, from) => {
    for (let at = from; at < from + BLOCK; at += 2) {
      const word = random.next();
      weights[at] = POISSON_WEIGHTS[word & 0xffff] ?? 0;
      weights[at + 1] = POISSON_WEIGHTS[word >>> 16] ?? 0;
    }
  });
}

/**
 * Sums of every column with each request's sign turned or not by a fair coin, all columns alike: what the sums of
 * differences would be if baseline and candidate were exchangeable. Laid out as `bootstrapSums`.
 */
export function signFlippedSums(chunk: Chunk, draws: number = DRAWS): Float64Array {
  return weightedSums(chunk, draws, 0x666c6970, (random, weights, from) => {
    let word = 0;
    for (let at = 0; at < BLOCK; at += 1) {
      if (at % 32 === 0) word = random.next();
      weights[from + at] = (word & 1) * 2 - 1;
      word >>>= 1;
    }
  });
}

/** Requests whose numbers stay in the processor's nearest cache while two draws pass over four columns. */
const TILE = 512;
/** Draws in one pass. */
const PAIR = 2;
/** Draws whose weights, of a tile of requests, stay in that cache. */
const BLOCK = 64;
/** The low bits of a mark; those above fill a word. */
const LOW = 2 ** 13;
/** Columns side by side, whose sums stay in registers. */
const LANES = 4;

/** `draw` puts the weights of one request in the next `BLOCK` draws at `from`. */
function weightedSums(
  { seed, marks, columns, values }: Chunk,
  draws: number,
  purpose: number,
  draw: (random: Random, weights: Int8Array, from: number) => void,
): Float64Array {
  const sums = new Float64Array(columns * draws);
  const tile = new Float64Array(TILE * LANES * Math.ceil(columns / LANES));
  const weights = new Int8Array(TILE * BLOCK);
  const [first, second] = [new Float64Array(TILE), new Float64Array(TILE)];
  for (let from = 0; from < marks.length; from += TILE) {
    const rows = Math.min(TILE, marks.length - from);
    layOut(values, columns, from, rows, tile);
    const randoms = Array.from(
      marks.subarray(from, from + rows),
      (mark) => new Random(seed, Math.floor(mark / LOW), purpose ^ (mark % LOW)),
    );
    for (let at = 0; at < draws; at += PAIR) {
      const place = at % BLOCK;
      if (place === 0) for (const [row, random] of randoms.entries()) draw(random, weights, row * BLOCK);
      for (let row = 0; row < rows; row += 1) {
        first[row] = weights[row * BLOCK + place] ?? 0;
        second[row] = weights[row * BLOCK + place + 1] ?? 0;
      }
      for (let column = 0; column < columns; column += LANES)
        addLanes(tile, column * TILE, rows, first, second, sums, column, columns, at, draws);
    }
  }
  return sums;
}

/** Puts the rows' numbers four columns side by side: `tile[(column / 4 × TILE + row) × 4 + column % 4]`. */
function layOut(values: Float64Array, columns: number, from: number, rows: number, tile: Float64Array): void {
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const group = column - (column % LANES);
      tile[group * TILE + row * LANES + (column % LANES)] = values[(from + row) * columns + column] ?? 0;
    }
  }
}

function addLanes(
  tile: Float64Array,
  base: number,
  rows: number,
  first: Float64Array,
  second: Float64Array,
  sums: Float64Array,
  column: number,
  columns: number,
  draw: number,
  draws: number,
): void {
  let [a0, a1, a2, a3, b0, b1, b2, b3] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let row = 0, at = base; row < rows; row += 1, at += LANES) {
    const a = first[row] ?? 0;
    const b = second[row] ?? 0;
    const v0 = tile[at] ?? 0;
    const v1 = tile[at + 1] ?? 0;
    const v2 = tile[at + 2] ?? 0;
    const v3 = tile[at + 3] ?? 0;
    a0 += a * v0;
    a1 += a * v1;
    a2 += a * v2;
    a3 += a * v3;
    b0 += b * v0;
    b1 += b * v1;
    b2 += b * v2;
    b3 += b * v3;
  }
  const lanes = Math.min(LANES, columns - column);
  const firstSums = [a0, a1, a2, a3];
  const secondSums = [b0, b1, b2, b3];
  for (let lane = 0; lane < lanes; lane += 1) {
    const place = (column + lane) * draws + draw;
    sums[place] = (sums[place] ?? 0) + (firstSums[lane] ?? 0);
    if (draw + 1 < draws) sums[place + 1] = (sums[place + 1] ?? 0) + (secondSums[lane] ?? 0);
  }
}
