/** Running sums side by side, each with its rounding error carried along as `CompensatedSum` does. */
export class CompensatedSums {
  readonly #sums: Float64Array;
  readonly #lost: Float64Array;

  constructor(count: number) {
    this.#sums = new Float64Array(count);
    this.#lost = new Float64Array(count);
  }

  add(at: number, value: number): void {
    const sum = this.#sums[at] ?? 0;
    const next = sum + value;
    const lost = Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    this.#lost[at] = (this.#lost[at] ?? 0) + lost;
    this.#sums[at] = next;
  }

  /** Back to 0. */
  clear(): void {
    this.#sums.fill(0);
    this.#lost.fill(0);
  }

  value(at: number): number {
    return (this.#sums[at] ?? 0) + (this.#lost[at] ?? 0);
  }
}
