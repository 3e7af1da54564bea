/**
 * Small fast counter generator sfc32 of C. Doty-Humphrey (PractRand), 32 bits a call. The same seed words give the
 * same numbers on every machine.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(...seed: readonly [number, number, number]) {
    [this.#a, this.#b, this.#c] = [seed[0] | 0, seed[1] | 0, seed[2] | 0];
    for (let warm = 0; warm < 15; warm += 1) this.next();
  }

  /** A whole number from −2³¹ to 2³¹ − 1, each alike likely. */
  next(): number {
    const word = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + word) | 0;
    return word;
  }
}
