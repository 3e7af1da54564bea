const UNIT_BITS = 2 ** 53;

/**
 * xoshiro128** 1.1 of David Blackman and Sebastiano Vigna (2018, public domain,
 * https://prng.di.unimi.it/xoshiro128starstar.c). A seed becomes the state by two steps of SplitMix64
 * (https://prng.di.unimi.it/splitmix64.c), as its authors advise.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(state: readonly [number, number, number, number]) {
    [this.#a, this.#b, this.#c, this.#d] = state;
  }

  static seeded(seed: number): Random {
    const words = splitMix64(BigInt(seed), 2).flatMap((word) => [
      Number(word & 0xffffffffn),
      Number(word >> 32n),
    ]);
    const [a = 0, b = 0, c = 0, d = 0] = words;
    return new Random([a, b, c, d]);
  }

  /** A whole number in [0, 2³²). */
  next32(): number {
    const scaled = Math.imul(this.#b, 5);
    const result = Math.imul((scaled << 7) | (scaled >>> 25), 9);
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result >>> 0;
  }

  /** A number in [0, 1) with 53 random bits. */
  unit(): number {
    return ((this.next32() >>> 5) * 0x4000000 + (this.next32() >>> 6)) / UNIT_BITS;
  }

  /** A whole number in [0, count), for counts far below 2³². */
  below(count: number): number {
    return Math.floor((this.next32() / 0x100000000) * count);
  }

  chance(probability: number): boolean {
    return this.next32() < probability * 0x100000000;
  }

  /** Roughly standard normal: a centred sum of four uniform numbers, between −3.47 and 3.47. */
  normal(): number {
    const sum = this.next32() + this.next32() + this.next32() + this.next32();
    return (sum / 0x100000000 - 2) * Math.sqrt(3);
  }

  /** Standard Gumbel: adding it to scores and sorting draws an order from their softmax without replacement. */
  gumbel(): number {
    return -Math.log(-Math.log((this.next32() + 0.5) / 0x100000000));
  }

  pick<Value>(values: readonly [Value, ...Value[]]): Value {
    return values[this.below(values.length)] ?? values[0];
  }

  /** A place in `weights`, drawn in proportion to them. */
  weighted(weights: readonly number[]): number {
    let left = this.unit() * weights.reduce((sum, weight) => sum + weight, 0);
    const at = weights.findIndex((weight) => (left -= weight) < 0);
    return at < 0 ? weights.length - 1 : at;
  }
}

const wrap = (value: bigint): bigint => BigInt.asUintN(64, value);

/** The first `count` outputs of SplitMix64 for `seed`. */
export function splitMix64(seed: bigint, count: number): bigint[] {
  return Array.from({ length: count }, (_, step) => {
    let word = wrap(seed + 0x9e3779b97f4a7c15n * BigInt(step + 1));
    word = wrap((word ^ (word >> 30n)) * 0xbf58476d1ce4e5b9n);
    word = wrap((word ^ (word >> 27n)) * 0x94d049bb133111ebn);
    return word ^ (word >> 31n);
  });
}
