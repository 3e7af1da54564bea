import { GROUPS } from '../statistics/jackknife.ts';

/** Equal-width bins of the reliability curve. */
export const RELIABILITY_BINS = 15;

/** Bits of a float32 that are dropped to tell scores apart: those that remain differ by 1 part in 512 or more. */
const DROPPED_BITS = 14;
const SCORE_BINS = (0x3f800000 >>> DROPPED_BITS) + 1;
/** Further bits that are dropped within a group, which would otherwise need a megabyte: 1 part in 32. */
const GROUP_BITS = 4;
export const GROUP_BINS = ((SCORE_BINS - 1) >>> GROUP_BITS) + 1;
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
 * observations, in constant memory. Predictions outside 0 to 1 count as the nearer end. Every figure is also known
 * without each group of requests in turn, from which `jackknifeInterval` tells how sure it is.
 */
export class HeadQuality {
  readonly #positives = new Float64Array(SCORE_BINS);
  readonly #negatives = new Float64Array(SCORE_BINS);
  /** The same for each group, more coarsely: `group × GROUP_BINS + bin`. */
  readonly #groupPositives = new Uint32Array(GROUPS * GROUP_BINS);
  readonly #groupNegatives = new Uint32Array(GROUPS * GROUP_BINS);
  /** `group × RELIABILITY_BINS + bin`. */
  readonly #bins = noBins(GROUPS);
  readonly #float = new Float32Array(1);
  readonly #bits = new Uint32Array(this.#float.buffer);

  /** Takes predictions of one group's requests and what came of them: 1 positive, 0 negative, NaN not observed. */
  add(predictions: Float32Array, observed: Float32Array, group = 0): void {
    const { count, positives, steps } = this.#bins;
    for (let at = 0; at < predictions.length; at += 1) {
      const outcome = observed[at] ?? NaN;
      if (Number.isNaN(outcome)) continue;
      const p = Math.min(1, Math.max(0, predictions[at] ?? 0));
      const positive = outcome >= 0.5 ? 1 : 0;
      this.#float[0] = p;
      const score = (this.#bits[0] ?? 0) >>> DROPPED_BITS;
      const counts = positive === 1 ? this.#positives : this.#negatives;
      counts[score] = (counts[score] ?? 0) + 1;
      const own = positive === 1 ? this.#groupPositives : this.#groupNegatives;
      const place = group * GROUP_BINS + (score >>> GROUP_BITS);
      own[place] = (own[place] ?? 0) + 1;
      const bin = group * RELIABILITY_BINS + Math.min(RELIABILITY_BINS - 1, Math.floor(p * RELIABILITY_BINS));
      count[bin] = (count[bin] ?? 0) + 1;
      positives[bin] = (positives[bin] ?? 0) + positive;
      steps[bin] = (steps[bin] ?? 0) + Math.round(p / STEP);
    }
  }

  /** Counts by group, from which figures of swapped groups are made. */
  get grouped(): GroupedPredictions {
    return { positives: this.#groupPositives, negatives: this.#groupNegatives, bins: this.#bins };
  }

  get observations(): number {
    return this.#bins.count.reduce((total, count) => total + count, 0);
  }

  /**
   * Area under the ROC curve: the chance that a positive scores above a negative, ties half (the Mann-Whitney form;
   * J. Hanley, B. McNeil, Radiology 143(1), 1982). Scores within 1 part in 512 of each other count as tied. Null:
   * positives or negatives are missing.
   */
  get areaUnderCurve(): number | null {
    return areaUnder(this.#positives, this.#negatives);
  }

  /**
   * The area without each group in turn, scores within 1 part in 32 of each other tied; null for a group that lacks
   * positives or negatives, because what it would tell is not known.
   */
  areasWithout(): (number | null)[] {
    const own = (counts: Uint32Array, group: number): Uint32Array =>
      counts.subarray(group * GROUP_BINS, (group + 1) * GROUP_BINS);
    const all = (counts: Uint32Array): Float64Array => {
      const sums = new Float64Array(GROUP_BINS);
      for (const [at, count] of counts.entries())
        sums[at % GROUP_BINS] = (sums[at % GROUP_BINS] ?? 0) + count;
      return sums;
    };
    const [positives, negatives] = [all(this.#groupPositives), all(this.#groupNegatives)];
    return Array.from({ length: GROUPS }, (_, group) => {
      const [up, down] = [own(this.#groupPositives, group), own(this.#groupNegatives, group)];
      const known = up.some((count) => count > 0) && down.some((count) => count > 0);
      const rest = (sums: Float64Array, counts: Uint32Array): Float64Array =>
        sums.map((sum, at) => sum - (counts[at] ?? 0));
      return known ? areaUnder(rest(positives, up), rest(negatives, down)) : null;
    });
  }

  /** For each of fifteen equal-width bins what was predicted and what happened, lowest first. */
  get reliability(): ReliabilityBin[] {
    return reliabilityOf(this.#binsWithout(null));
  }

  /** The same without each group in turn. */
  reliabilitiesWithout(): ReliabilityBin[][] {
    return Array.from({ length: GROUPS }, (_, group) => reliabilityOf(this.#binsWithout(group)));
  }

  /**
   * Expected calibration error, 0 to 1: Σ over the bins of share of observations × |observed − predicted| (M. Naeini,
   * G. Cooper, M. Hauskrecht, AAAI 2015; fifteen bins as C. Guo et al., ICML 2017). Null: nothing was observed.
   */
  get calibrationError(): number | null {
    return calibrationErrorOf(this.reliability);
  }

  /** The same without each group in turn; null for a group without observations. */
  calibrationErrorsWithout(): (number | null)[] {
    const { count } = this.#bins;
    return this.reliabilitiesWithout().map((bins, group) => {
      const own = count.subarray(group * RELIABILITY_BINS, (group + 1) * RELIABILITY_BINS);
      return own.some((observations) => observations > 0) ? calibrationErrorOf(bins) : null;
    });
  }

  #binsWithout(group: number | null): Bins {
    const sums = noBins(1);
    for (const name of ['count', 'positives', 'steps'] as const) {
      const [from, into] = [this.#bins[name], sums[name]];
      for (const [at, value] of from.entries()) {
        const bin = at % RELIABILITY_BINS;
        if ((at - bin) / RELIABILITY_BINS !== group) into[bin] = (into[bin] ?? 0) + value;
      }
    }
    return sums;
  }
}

/** `positives` and `negatives` by score at `group × GROUP_BINS + bin`, `bins` at `group × RELIABILITY_BINS + bin`. */
export interface GroupedPredictions {
  readonly positives: Uint32Array;
  readonly negatives: Uint32Array;
  readonly bins: Bins;
}

export interface Bins {
  readonly count: Float64Array;
  readonly positives: Float64Array;
  /** Sums of predictions in multiples of `STEP`. */
  readonly steps: Float64Array;
}

export const noBins = (groups: number): Bins => ({
  count: new Float64Array(groups * RELIABILITY_BINS),
  positives: new Float64Array(groups * RELIABILITY_BINS),
  steps: new Float64Array(groups * RELIABILITY_BINS),
});

export function reliabilityOf({ count, positives, steps }: Bins): ReliabilityBin[] {
  return Array.from(count, (observations, bin) => ({
    count: observations,
    predicted: observations === 0 ? null : ((steps[bin] ?? 0) * STEP) / observations,
    observed: observations === 0 ? null : (positives[bin] ?? 0) / observations,
  }));
}

export function calibrationErrorOf(bins: readonly ReliabilityBin[]): number | null {
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  let error = 0;
  for (const { count, predicted, observed } of bins)
    error += (count / total) * Math.abs((observed ?? 0) - (predicted ?? 0));
  return error;
}

/** Counts of positives and negatives by score, lowest first. */
function areaUnder(positives: Float64Array, negatives: Float64Array): number | null {
  let [below, wins, above] = [0, 0, 0];
  for (let bin = 0; bin < positives.length; bin += 1) {
    const up = positives[bin] ?? 0;
    const down = negatives[bin] ?? 0;
    wins += up * (below + down / 2);
    below += down;
    above += up;
  }
  return above === 0 || below === 0 ? null : wins / (above * below);
}
