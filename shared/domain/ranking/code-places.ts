/** Where a list may begin at most: one of up to a billion codes then still fits. */
const LAST = 2 ** 30;

/**
 * Places of codes in lists that are made one after another, without a map for each: the places of a list are counted on
 * from those of all before it, so that what an earlier one left behind counts for nothing.
 */
export class CodePlaces {
  /** Where the list's own places begin, and how many it holds. */
  #from = 1;
  #length = 0;
  #places = new Int32Array(0);

  /** Begins a new list. */
  begin(): void {
    this.#from += this.#length;
    this.#length = 0;
    if (this.#from <= LAST) return;
    this.#places.fill(0);
    this.#from = 1;
  }

  /** How many codes the list holds. */
  get length(): number {
    return this.#length;
  }

  /** Where a code stands in the list; one that is new to it is added at its end. */
  of(code: number): number {
    if (code >= this.#places.length) this.#grow(2 * (code + 1));
    const place = (this.#places[code] ?? 0) - this.#from;
    if (place >= 0) return place;
    this.#places[code] = this.#from + this.#length;
    this.#length += 1;
    return this.#length - 1;
  }

  #grow(length: number): void {
    const places = new Int32Array(length);
    places.set(this.#places);
    this.#places = places;
  }
}
