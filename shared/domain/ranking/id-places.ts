const LEAST_BITS = 10;
const LEAST = 2 ** LEAST_BITS;
/** Integers from 0 to below this stand in a row of their own: four bytes each up to the largest that is met. */
const SMALL = 2 ** 20;
/** 2³² ÷ the golden ratio, odd. */
const GOLDEN = 0x9e3779b1;
const LOW = 2 ** 32;

/**
 * Places of ids. A small integer says itself where its place stands. A larger one is found by probing one row of numbers
 * (D. Knuth, The Art of Computer Programming 3, 6.4, algorithm L, with multiplicative hashing, so that ids in steps of a
 * power of two do not pile up) in a third of the time a map takes. Texts stand in a map.
 */
export class IdPlaces {
  #shift = 32 - LEAST_BITS;
  /** An id and its place side by side, so that both come with one way to the memory; NaN where a slot is empty. */
  #slots = new Float64Array(2 * LEAST).fill(NaN);
  #integers = 0;
  /** By a small id its place plus 1; 0 where it has none. */
  #small = new Int32Array(LEAST);
  #smalls = 0;
  readonly #texts = new Map<string, number>();

  /** How many ids have one. */
  get size(): number {
    return this.#smalls + this.#integers + this.#texts.size;
  }

  /** −1 where the id has none. */
  get(id: string | number): number {
    if (typeof id === 'string') return this.#texts.get(id) ?? -1;
    if (id >= 0 && id < SMALL) return (this.#small[id] ?? 0) - 1;
    const at = this.#slotOf(id);
    return this.#slots[at] === id ? (this.#slots[at + 1] ?? -1) : -1;
  }

  /** Gives an id that has none its place. */
  set(id: string | number, place: number): void {
    if (typeof id === 'string') {
      this.#texts.set(id, place);
      return;
    }
    if (id >= 0 && id < SMALL) {
      this.#smalls += 1;
      if (id >= this.#small.length) this.#growSmall(id);
      this.#small[id] = place + 1;
      return;
    }
    this.#integers += 1;
    if (4 * this.#integers > this.#slots.length) this.#grow();
    this.#put(id, place);
  }

  #put(id: number, place: number): void {
    const at = this.#slotOf(id);
    this.#slots[at] = id;
    this.#slots[at + 1] = place;
  }

  #growSmall(id: number): void {
    const small = new Int32Array(2 ** Math.ceil(Math.log2(id + 1)));
    small.set(this.#small);
    this.#small = small;
  }

  /** Half of all slots stay empty, so that one is found within a few steps. */
  #grow(): void {
    const slots = this.#slots;
    this.#shift -= 1;
    this.#slots = new Float64Array(2 * slots.length).fill(NaN);
    for (let at = 0; at < slots.length; at += 2) {
      const id = slots[at] ?? NaN;
      if (!Number.isNaN(id)) this.#put(id, slots[at + 1] ?? -1);
    }
  }

  /** Where an id stands or would stand. */
  #slotOf(id: number): number {
    const slots = this.#slots;
    const high = id >= LOW || id < -LOW ? Math.floor(id / LOW) : 0;
    let at = (Math.imul(id ^ high, GOLDEN) >>> this.#shift) * 2;
    for (;;) {
      const key = slots[at] ?? NaN;
      if (key === id || Number.isNaN(key)) return at;
      at = (at + 2) & (slots.length - 1);
    }
  }
}
