/**
 * A running sum whose rounding error is carried along (A. Neumaier, ZAMM 54, 1974): the mean of a million
 * shares is then right to the last digits, not off in the tenth.
 */
export class CompensatedSum {
  #sum = 0;
  #lost = 0;

  add(value: number): void {
    const next = this.#sum + value;
    this.#lost +=
      Math.abs(this.#sum) >= Math.abs(value) ? this.#sum - next + value : value - next + this.#sum;
    this.#sum = next;
  }

  get value(): number {
    return this.#sum + this.#lost;
  }
}
