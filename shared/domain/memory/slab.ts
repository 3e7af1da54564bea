interface Row<Same> {
  readonly length: number;
  subarray(from: number, to: number): Same;
}

/** Numbers of a slab: with more its end is far from its beginning in memory, with fewer making slabs shows. */
const LENGTH = 4096;

/**
 * Cuts rows from one piece of memory after another: to make a typed array of its own takes longer than to fill a short
 * row, and to collect it as long again. Every row is its own and begins as `make` fills it; a slab lives as long as any of
 * its rows, so keep none for long.
 */
export class Slab<Numbers extends Row<Numbers>> {
  readonly #make: (length: number) => Numbers;
  #slab: Numbers;
  #used = 0;

  constructor(make: (length: number) => Numbers) {
    this.#make = make;
    this.#slab = make(LENGTH);
  }

  row(length: number): Numbers {
    if (this.#used + length > this.#slab.length) {
      this.#slab = this.#make(Math.max(LENGTH, length));
      this.#used = 0;
    }
    this.#used += length;
    return this.#slab.subarray(this.#used - length, this.#used);
  }
}
