const MINUTE_MS = 60_000;
/** So long without a key or the pointer is a break, whatever it was for. */
const BREAK_MS = 5 * MINUTE_MS;

/** How long somebody has worked without a break, by when they touched keys or the pointer. Times are in ms. */
export class WorkClock {
  #person: string | null = null;
  #since = 0;
  #touched = -Infinity;

  /** Another person begins anew, and so does whoever comes back after a while. */
  touch(person: string, now: number): void {
    if (person !== this.#person || now - this.#touched >= BREAK_MS) this.#since = now;
    this.#person = person;
    this.#touched = now;
  }

  /** The person takes a break of their own, or says that they had one. */
  rest(now: number): void {
    this.#since = now;
  }

  /** Whole minutes; 0 for somebody else and while nobody is at work. */
  minutes(person: string, now: number): number {
    if (person !== this.#person || now - this.#touched >= BREAK_MS) return 0;
    return Math.floor((now - this.#since) / MINUTE_MS);
  }
}
