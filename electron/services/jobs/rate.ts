const WINDOW_MS = 5000;

/** Units per second over the last seconds, from running counts. */
export class RateMeter {
  #samples: { at: number; done: number }[] = [];

  /** Takes the count reached at a time in ms; answers the rate, null while there is too little to tell. */
  add(at: number, done: number): number | null {
    this.#samples.push({ at, done });
    this.#samples = this.#samples.filter((sample) => at - sample.at <= WINDOW_MS);
    const first = this.#samples[0];
    if (first === undefined || at === first.at) return null;
    return ((done - first.done) * 1000) / (at - first.at);
  }
}
