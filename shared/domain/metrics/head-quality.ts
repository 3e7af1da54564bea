/** Equal-width bins of the reliability curve. */
export const RELIABILITY_BINS = 15;

/** Bits of a float32 that are dropped to tell scores apart: those that remain differ by 1 part in 512 or more. */
const DROPPED_BITS = 14;
const SCORE_BINS = (0x3f800000 >>> DROPPED_BITS) + 1;
/** Predictions are summed as whole multiples of this, so that no order of adding changes the sum. */
const STEP = 2 ** -24;

export interface ReliabilityBin {
  /** Observations whose prediction falls into the bin. */
  readonly count: number;
  /** Mean prediction and share of positives; null when the bin is empty. */
  readonly predicted: number | null;
  readonly observed: number | null;
}

/**
 * How well a head that predicts a probability does, from counts alone: the same numbers whatever the order of the
 * observations, in constant memory. Predictions outside 0 to 1 count as the nearer end.
 */
export class HeadQuality {
  readonly #positives = new Float64Array(SCORE_BINS);
  readonly #negatives = new Float64Array(SCORE_BINS);
  readonly #binCount = new Float64Array(RELIABILITY_BINS);
  readonly #binPositives = new Float64Array(RELIABILITY_BINS);
  readonly #binSteps = new Float64Array(RELIABILITY_BINS);
  readonly #float = new Float32Array(1);
  readonly #bits = new Uint32Array(this.#float.buffer);

  /** Takes predictions and what came of them: 1 positive, 0 negative, NaN not observed (left out). */
  add(predictions: Float32Array, observed: Float32Array): void {
    for (let at = 0; at < predictions.length; at += 1) {
      const outcome = observed[at] ?? NaN;
      if (Number.isNaN(outcome)) continue;
      const p = Math.min(1, Math.max(0, predictions[at] ?? 0));
      const positive = outcome >= 0.5 ? 1 : 0;
      this.#float[0] = p;
      const score = (this.#bits[0] ?? 0) >>> DROPPED_BITS;
      const counts = positive === 1 ? this.#positives : this.#negatives;
      counts[score] = (counts[score] ?? 0) + 1;
      const bin = Math.min(RELIABILITY_BINS - 1, Math.floor(p * RELIABILITY_BINS));
      this.#binCount[bin] = (this.#binCount[bin] ?? 0) + 1;
      this.#binPositives[bin] = (this.#binPositives[bin] ?? 0) + positive;
      this.#binSteps[bin] = (this.#binSteps[bin] ?? 0) + Math.round(p / STEP);
    }
  }

  get observations(): number {
    return this.#binCount.reduce((total, count) => total + count, 0);
  }

  /**
   * Area under the ROC curve: the chance that a positive scores above a negative, ties half (the Mann-Whitney form;
   * J. Hanley, B. McNeil, Radiology 143(1), 1982). Scores within 1 part in 512 of each other count as tied. Null:
   * positives or negatives are missing.
   */
  get areaUnderCurve(): number | null {
    let below = 0;
    let wins = 0;
    let positives = 0;
    for (let bin = 0; bin < SCORE_BINS; bin += 1) {
      const up = this.#positives[bin] ?? 0;
      const down = this.#negatives[bin] ?? 0;
      wins += up * (below + down / 2);
      below += down;
      positives += up;
    }
    return positives === 0 || below === 0 ? null : wins / (positives * below);
  }

  /** For each of fifteen equal-width bins what was predicted and what happened, lowest first. */
  get reliability(): ReliabilityBin[] {
    return Array.from(this.#binCount, (count, bin) => ({
      count,
      predicted: count === 0 ? null : ((this.#binSteps[bin] ?? 0) * STEP) / count,
      observed: count === 0 ? null : (this.#binPositives[bin] ?? 0) / count,
    }));
  }

  /**
   * Expected calibration error, 0 to 1: Σ over the bins of share of observations × |observed − predicted| (M. Naeini,
   * G. Cooper, M. Hauskrecht, AAAI 2015; fifteen bins as C. Guo et al., ICML 2017). Null: nothing was observed.
   */
  get calibrationError(): number | null {
    const total = this.observations;
    if (total === 0) return null;
    let error = 0;
    for (const { count, predicted, observed } of this.reliability) {
      error += (count / total) * Math.abs((observed ?? 0) - (predicted ?? 0));
    }
    return error;
  }
}
