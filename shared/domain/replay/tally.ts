import { gini, topShare, worstDecile } from '../metrics/concentration.ts';
import { HeadQuality } from '../metrics/head-quality.ts';
import { compareCodePoints } from '../ranking/id-order.ts';
import type { UserHarms } from '../statistics/worst-users.ts';
import { intervalsOf, type DrawnSides } from './inference.ts';
import type { Shown } from './outcome.ts';
import type { HeadReport, Measure } from './report.ts';

/** What a head predicted for candidates of which users said something, and what they said: 1, 0, NaN not observed. */
export interface HeadPredictions {
  readonly head: string;
  readonly side: 'baseline' | 'candidate';
  readonly predicted: Float32Array;
  readonly observed: Float32Array;
}

/**
 * Exposure of authors in some requests: both feeds', in whole multiples of 2⁻²⁰, so that no order of adding changes a
 * sum. Authors whose items were candidates and shown in neither feed have 0.
 */
export interface AuthorExposure {
  readonly authors: readonly string[];
  readonly baseline: Float64Array;
  readonly candidate: Float64Array;
}

/** Figures of a whole replay that are no means over its requests. */
export class ReplayTally {
  readonly #heads = new Map<string, { baseline: HeadQuality; candidate: HeadQuality }>();
  readonly #users = new Map<string, Sides>();
  readonly #authors = new Map<string, Sides>();
  readonly #shown = { baseline: new Set<string>(), candidate: new Set<string>() };
  #requests = 0;
  #labelled = false;

  add({ baseline, candidate, labelled }: Shown, userId: string): void {
    this.#requests += 1;
    for (const item of baseline) this.#shown.baseline.add(item);
    for (const item of candidate) this.#shown.candidate.add(item);
    this.#labelled ||= labelled.baseline + labelled.candidate > 0;
    const user = sidesOf(this.#users, userId);
    user.requests += 1;
    user.baseline += baseline.length === 0 ? 0 : labelled.baseline / baseline.length;
    user.candidate += candidate.length === 0 ? 0 : labelled.candidate / candidate.length;
  }

  addHeads(predictions: readonly HeadPredictions[]): void {
    for (const { head, side, predicted, observed } of predictions) {
      const sides = this.#heads.get(head) ?? { baseline: new HeadQuality(), candidate: new HeadQuality() };
      this.#heads.set(head, sides);
      sides[side].add(predicted, observed);
    }
  }

  addAuthors({ authors, baseline, candidate }: AuthorExposure): void {
    for (const [at, author] of authors.entries()) {
      const sides = sidesOf(this.#authors, author);
      sides.baseline += baseline[at] ?? 0;
      sides.candidate += candidate[at] ?? 0;
    }
  }

  /** How much each user is harmed on the mean, in the order users were met; null where nothing is labelled. */
  userHarms(seed: number): UserHarms | null {
    if (!this.#labelled) return null;
    const of = (side: 'baseline' | 'candidate'): Float64Array =>
      Float64Array.from(this.#users.values(), (user) => user[side] / user.requests);
    return { seed, baseline: of('baseline'), candidate: of('candidate') };
  }

  /**
   * In one fixed order: harm, variety, heads by name. `items`: how many the snapshot holds; `worst`: the worst tenth of
   * users in every draw, where it was drawn.
   */
  measures(items: number, worst: DrawnSides | null = null): Measure[] {
    const measure = (
      { id, title, unit, better }: Pick<Measure, 'id' | 'title' | 'unit' | 'better'>,
      of: (side: 'baseline' | 'candidate') => number | null,
    ): Measure => {
      const [baseline, candidate] = [of('baseline'), of('candidate')];
      const known = baseline !== null && candidate !== null;
      return {
        ...{ id, title, unit, better },
        baseline: known ? baseline : null,
        candidate: known ? candidate : null,
        difference: known ? candidate - baseline : null,
        requests: known ? this.#requests : 0,
      };
    };
    const harm = measure(WORST_DECILE, (side) =>
      this.#labelled
        ? worstDecile(Array.from(this.#users.values(), (user) => user[side] / user.requests))
        : null,
    );
    const rows = [
      worst === null ? harm : { ...harm, intervals: intervalsOf(worst) },
      measure(COVERAGE, (side) => (items === 0 ? null : this.#shown[side].size / items)),
    ];
    if (this.#authors.size > 0) {
      rows.push(
        measure(AUTHOR_GINI, (side) => gini(Array.from(this.#authors.values(), (author) => author[side]))),
        measure(AUTHOR_TOP, (side) =>
          topShare(
            Array.from(this.#authors.values(), (author) => author[side]),
            0.01,
          ),
        ),
      );
    }
    for (const [head, sides] of this.#sorted()) {
      const auc = {
        id: `auc:${head}`,
        title: `AUC of the head ${head}`,
        unit: 'AUC',
        better: 'higher',
      } as const;
      const calibration = {
        ...{ id: `calibration_error:${head}`, title: `Expected calibration error of the head ${head}` },
        ...({ unit: 'share', better: 'lower' } as const),
      };
      rows.push(
        measure(auc, (side) => sides[side].areaUnderCurve),
        measure(calibration, (side) => sides[side].calibrationError),
      );
    }
    return rows;
  }

  /** The reliability of every head that predicts what a signal of its name tells, by name. */
  heads(): HeadReport[] {
    return this.#sorted().map(([name, { baseline, candidate }]) => ({
      name,
      observations: { baseline: baseline.observations, candidate: candidate.observations },
      reliability: { baseline: baseline.reliability, candidate: candidate.reliability },
    }));
  }

  #sorted() {
    return [...this.#heads].toSorted(([a], [b]) => compareCodePoints(a, b));
  }
}

const WORST_DECILE = {
  id: 'worst_decile',
  title: 'Share of labelled items, mean of the tenth of users with most',
  unit: 'share',
  better: 'lower',
} as const;
const COVERAGE = {
  id: 'catalogue_coverage',
  title: 'Share of the snapshot’s items that any feed shows',
  unit: 'share',
  better: 'neither',
} as const;
const AUTHOR_GINI = {
  id: 'author_gini',
  title: 'Gini coefficient of exposure over authors',
  unit: 'Gini',
  better: 'lower',
} as const;
const AUTHOR_TOP = {
  id: 'author_top_share',
  title: 'Share of exposure of the 1 % of authors with most',
  unit: 'share',
  better: 'lower',
} as const;

interface Sides {
  requests: number;
  baseline: number;
  candidate: number;
}

function sidesOf(map: Map<string, Sides>, key: string): Sides {
  const known = map.get(key) ?? { requests: 0, baseline: 0, candidate: 0 };
  map.set(key, known);
  return known;
}
