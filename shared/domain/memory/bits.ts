/** A set of whole numbers from 0 on, a bit each, so that one of a hundred thousand items stays in the nearest cache. */
export class Bits {
  #words = new Int32Array(32);

  /** Whether the number was not there before. */
  add(number: number): boolean {
    const at = number >>> 5;
    if (at >= this.#words.length) this.#grow(2 * at);
    const word = this.#words[at] ?? 0;
    const bit = 1 << (number & 31);
    this.#words[at] = word | bit;
    return (word & bit) === 0;
  }

  delete(number: number): void {
    const at = number >>> 5;
    this.#words[at] = (this.#words[at] ?? 0) & ~(1 << (number & 31));
  }

  clear(): void {
    this.#words.fill(0);
  }

  #grow(length: number): void {
    const words = new Int32Array(length);
    words.set(this.#words);
    this.#words = words;
  }
}
