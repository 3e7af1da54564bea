/**
 * Places of codes in lists that are made one after another, without a map for each: a list is told by its mark, and what
 * an earlier one left behind counts for nothing.
 */
export class CodePlaces {
  #marks = 0;
  #places = new Int32Array(0);
  #markOf = new Float64Array(0);

  /** The mark of a new list. */
  begin(): number {
    this.#marks += 1;
    return this.#marks;
  }

  /** Where a code stands in the list; one that is new to it gets the place `next`. */
  of(mark: number, code: number, next: number): number {
    if (code >= this.#places.length) this.#grow(2 * (code + 1));
    if (this.#markOf[code] === mark) return this.#places[code] ?? next;
    this.#markOf[code] = mark;
    this.#places[code] = next;
    return next;
  }

  #grow(length: number): void {
    const places = new Int32Array(length);
    places.set(this.#places);
    this.#places = places;
    const marks = new Float64Array(length);
    marks.set(this.#markOf);
    this.#markOf = marks;
  }
}
