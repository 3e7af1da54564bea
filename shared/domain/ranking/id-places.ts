const LEAST_BITS = 10;
const LEAST = 2 ** LEAST_BITS;
/** 2³² ÷ the golden ratio, odd. */
const GOLDEN = 0x9e3779b1;
const LOW = 2 ** 32;

/**
 * Places of ids. An integer is found by probing one row of numbers (D. Knuth, The Art of Computer Programming 3, 6.4,
 * algorithm L, with multiplicative hashing, so that ids in steps of a power of two do not pile up) in a third of the time
 * a map takes; texts stand in a map.
 */
export class IdPlaces {
  #shift = 32 - LEAST_BITS;
  #keys = new Float64Array(LEAST).fill(NaN);
  #places = new Int32Array(LEAST);
  #integers = 0;
  readonly #texts = new Map<string, number>();

  /** How many ids have one. */
  get size(): number {
    return this.#integers + this.#texts.size;
  }

  /** −1 where the id has none. */
  get(id: string | number): number {
    if (typeof id === 'string') return this.#texts.get(id) ?? -1;
    const at = this.#slotOf(id);
    return this.#keys[at] === id ? (this.#places[at] ?? -1) : -1;
  }

  /** Gives an id that has none its place. */
  set(id: string | number, place: number): void {
    if (typeof id === 'string') {
      this.#texts.set(id, place);
      return;
    }
    this.#integers += 1;
    if (2 * this.#integers > this.#keys.length) this.#grow();
    this.#put(id, place);
  }

  #put(id: number, place: number): void {
    const at = this.#slotOf(id);
    this.#keys[at] = id;
    this.#places[at] = place;
  }

  /** Half of all slots stay empty, so that one is found within a few steps. */
  #grow(): void {
    const [keys, places] = [this.#keys, this.#places];
    this.#shift -= 1;
    this.#keys = new Float64Array(2 * keys.length).fill(NaN);
    this.#places = new Int32Array(2 * keys.length);
    for (const [at, key] of keys.entries()) if (!Number.isNaN(key)) this.#put(key, places[at] ?? -1);
  }

  /** Where an id stands or would stand. */
  #slotOf(id: number): number {
    const keys = this.#keys;
    const high = id >= LOW || id < -LOW ? Math.floor(id / LOW) : 0;
    let at = Math.imul(id ^ high, GOLDEN) >>> this.#shift;
    for (;;) {
      const key = keys[at] ?? NaN;
      if (key === id || Number.isNaN(key)) return at;
      at = (at + 1) & (keys.length - 1);
    }
  }
}
