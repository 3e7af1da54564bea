import { GROUPS } from '../statistics/jackknife.ts';
import { countScore, noScores, scoresByGroup, type ScoreCounts } from './score-counts.ts';

/** Equal-width bins of the reliability curve. */
export const RELIABILITY_BINS = 15;

/** Predictions are summed as whole multiples of this, so that no order of adding changes the sum. */
const STEP = 2 ** -30;

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
  readonly #positives = noScores();
  readonly #negatives = noScores();
  /** `group × RELIABILITY_BINS + bin`. */
  readonly #bins = noBins(GROUPS);
  readonly #float = new Float32Array(1);
  readonly #bits = new Uint32Array(this.#float.buffer);

  /**
   * Takes predictions of one group's requests and what came of them: 1 positive, 0 negative, NaN not observed. Those from
   * place `from` to before `to`, all unless said.
   */
  add(predictions: Float32Array, observed: Float32Array, group = 0, from = 0, to = predictions.length): void {
    const { count, positives, steps } = this.#bins;
    const [float, bits, up, down] = [this.#float, this.#bits, this.#positives, this.#negatives];
    const firstBin = group * RELIABILITY_BINS;
    for (let at = from; at < to; at += 1) {
      const outcome = observed[at] ?? NaN;
      if (Number.isNaN(outcome)) continue;
      const p = Math.min(1, Math.max(0, predictions[at] ?? 0));
      const positive = outcome >= 0.5 ? 1 : 0;
      const aboveHalf = p > 0.5;
      float[0] = aboveHalf ? 1 - p : p;
      countScore(positive === 1 ? up : down, bits[0] ?? 0, aboveHalf, group);
      const bin = firstBin + Math.min(RELIABILITY_BINS - 1, Math.floor(p * RELIABILITY_BINS));
      count[bin] = (count[bin] ?? 0) + 1;
      positives[bin] = (positives[bin] ?? 0) + positive;
      steps[bin] = (steps[bin] ?? 0) + Math.round(p / STEP);
    }
  }

  /** Counts by group, from which figures of swapped groups are made. */
  get grouped(): GroupedPredictions {
    return { positives: this.#positives, negatives: this.#negatives, bins: this.#bins };
  }

  get observations(): number {
    return this.#bins.count.reduce((total, count) => total + count, 0);
  }

  /**
   * Area under the ROC curve: the chance that a positive scores above a negative, ties half (the Mann-Whitney form;
   * J. Hanley, B. McNeil, Radiology 143(1), 1982). Scores count as tied that differ by less than 1 part in 512 of
   * how far they are from the nearer of 0 and 1, and so do those within 2⁻³² of either. Null: positives or negatives are missing.
   */
  get areaUnderCurve(): number | null {
    const { positives, negatives } = this.#byScore();
    return areaUnder(positives.all, negatives.all);
  }

  /**
   * The same without each group in turn; null for a group that lacks positives or negatives, because what it would tell
   * is not known.
   */
  areasWithout(): (number | null)[] {
    const { positives, negatives } = this.#byScore();
    return positives.groups.map((up, group) => {
      const down = negatives.groups[group] ?? new Float64Array();
      if (!up.some((count) => count > 0) || !down.some((count) => count > 0)) return null;
      return areaUnder(minus(positives.all, up), minus(negatives.all, down));
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

  #byScore(): Record<'positives' | 'negatives', { all: Float64Array; groups: Float64Array[] }> {
    const of = (counts: ScoreCounts) => {
      const groups = scoresByGroup(counts, [this.#positives, this.#negatives]);
      return { groups, all: sumOf(groups) };
    };
    return { positives: of(this.#positives), negatives: of(this.#negatives) };
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

function sumOf(rows: readonly Float64Array[]): Float64Array {
  const sums = new Float64Array(rows[0]?.length ?? 0);
  for (const row of rows)
    for (let at = 0; at < row.length; at += 1) sums[at] = (sums[at] ?? 0) + (row[at] ?? 0);
  return sums;
}

const minus = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, at) => value - (b[at] ?? 0));

/** `bins` at `group × RELIABILITY_BINS + bin`. */
export interface GroupedPredictions {
  readonly positives: ScoreCounts;
  readonly negatives: ScoreCounts;
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
