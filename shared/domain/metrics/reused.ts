/**
 * A row of numbers that is used again and again, because new memory for each request costs as much as what is worked out
 * in it. What `of` answers is valid until it is called again.
 */
export class Reused {
  #whole = new Float64Array();
  #row = this.#whole;

  /** A row of a length, filled with a value. */
  of(length: number, value: number): Float64Array {
    if (this.#row.length !== length) {
      if (this.#whole.length < length) this.#whole = new Float64Array(2 * length);
      this.#row = this.#whole.subarray(0, length);
    }
    return this.#row.fill(value);
  }
}
