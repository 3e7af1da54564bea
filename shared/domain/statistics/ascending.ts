const DIGIT = 12;
const SIZE = 1 << DIGIT;
/** Bits of a high word that are left to the insertion sort, so that two digits hold the rest. */
const REST = 2;
/** From here on the high words of whole numbers are told apart; that of 1 stands right above, that of 0 below. */
const BASE = 0x3ff00000 - (1 << REST);

/**
 * Puts whole numbers from 0 to below 2⁶⁴ in ascending order, many times over in the same memory: a radix sort by the
 * high words of their doubles, which tell apart what differs by 1 part in 2¹⁸, then an insertion sort of what is almost
 * in order (D. Knuth, The Art of Computer Programming 3, 5.2.5 and 5.2.1). Several times as fast as a typed array's own
 * sort; smaller and broken numbers come out in order too, but slowly.
 */
export class Ascending {
  readonly #rows: readonly [Row, Row];
  readonly #starts = [new Uint32Array(SIZE), new Uint32Array(SIZE)] as const;

  constructor(length: number) {
    this.#rows = [new Row(length), new Row(length)];
  }

  /** Where to put the numbers that are to be sorted. */
  get input(): Float64Array {
    return this.#rows[0].values;
  }

  /** Sorts `input` in place and answers it. */
  inOrder(): Float64Array {
    const [own, other] = this.#rows;
    count(own, this.#starts);
    scatter(own, other, this.#starts[0], 0);
    scatter(other, own, this.#starts[1], DIGIT);
    insert(own.values);
    return own.values;
  }
}

/** Which of the two words of a double is the high one. */
const HIGH = new Uint32Array(Float64Array.of(1).buffer)[0] === 0 ? 1 : 0;

class Row {
  readonly values: Float64Array;
  /** Signed, so that what is negative stands below. */
  readonly words: Int32Array;

  constructor(length: number) {
    this.values = new Float64Array(length);
    this.words = new Int32Array(this.values.buffer);
  }
}

const keyOf = (word: number): number => (Math.max(word, BASE) - BASE) >>> REST;

/** Where the numbers of each digit begin, of the low digits and of the high ones. */
function count({ words }: Row, [low, high]: readonly [Uint32Array, Uint32Array]): void {
  low.fill(0);
  high.fill(0);
  for (let at = HIGH; at < words.length; at += 2) {
    const key = keyOf(words[at] ?? 0);
    const [a, b] = [key & (SIZE - 1), key >>> DIGIT];
    low[a] = (low[a] ?? 0) + 1;
    high[b] = (high[b] ?? 0) + 1;
  }
  for (const counts of [low, high]) {
    let sum = 0;
    for (let digit = 0; digit < SIZE; digit += 1) {
      const count = counts[digit] ?? 0;
      counts[digit] = sum;
      sum += count;
    }
  }
}

function scatter({ values, words }: Row, to: Row, starts: Uint32Array, shift: number): void {
  for (let at = 0; at < values.length; at += 1) {
    const digit = (keyOf(words[2 * at + HIGH] ?? 0) >>> shift) & (SIZE - 1);
    const place = starts[digit] ?? 0;
    starts[digit] = place + 1;
    to.values[place] = values[at] ?? 0;
  }
}

function insert(values: Float64Array): void {
  for (let at = 1; at < values.length; at += 1) {
    const value = values[at] ?? 0;
    let before = at - 1;
    while (before >= 0 && (values[before] ?? 0) > value) {
      values[before + 1] = values[before] ?? 0;
      before -= 1;
    }
    values[before + 1] = value;
  }
}
