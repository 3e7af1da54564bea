import { worstDecile } from '../metrics/concentration.ts';
import { HeadQuality, type ReliabilityBin } from '../metrics/head-quality.ts';
import { compareCodePoints } from '../ranking/id-order.ts';
import { ofShare, type Interval } from '../statistics/interval.ts';
import { groupOf, jackknifeInterval } from '../statistics/jackknife.ts';
import { DRAWS } from '../statistics/resample.ts';
import type { UserHarms } from '../statistics/worst-users.ts';
import { concentrationOf, type Concentration } from './author-concentration.ts';
import { AuthorExposures, type GroupedExposure, type ShownAuthors } from './author-exposure.ts';
import { intervalsOf } from './inference.ts';
import type { HeadReport, IntervalMethod, Intervals, Measure, TestMethod } from './report.ts';
import { ShownItems, type ShownIds } from './shown-items.ts';
import type { ToWorkOut, WorkedOut } from './worked-out.ts';

/**
 * What a head predicted for candidates of which users said something, and what they said: 1, 0, NaN not observed.
 * `ends`: of each request where its own end.
 */
export interface HeadPredictions {
  readonly head: string;
  readonly side: Side;
  readonly predicted: Float32Array;
  readonly observed: Float32Array;
  readonly ends: Uint32Array;
}

type Side = 'baseline' | 'candidate';

/** Two feeds, and how many items of each carry a label. */
export interface ShownHarm extends ShownIds {
  readonly labelled: Readonly<Record<Side, number>>;
}

/**
 * Figures of a whole replay, or of a slice, that are no means over its requests. `depth`: how deep feeds are looked
 * at; `marks` are the `requestMark` of requests.
 */
export class ReplayTally {
  readonly #heads = new Map<string, { baseline: HeadQuality; candidate: HeadQuality }>();
  readonly #users = new Map<string, Sides>();
  readonly #authors: AuthorExposures;
  readonly #shown = new ShownItems();
  #requests = 0;
  #labelled = false;

  constructor(depth: number) {
    this.#authors = new AuthorExposures(depth);
  }

  add(shown: ShownHarm, userId: string, mark: number): void {
    const { baseline, candidate, labelled } = shown;
    this.#requests += 1;
    this.#shown.add(shown, mark);
    this.#labelled ||= labelled.baseline + labelled.candidate > 0;
    const user = sidesOf(this.#users, userId);
    user.requests += 1;
    user.baseline += baseline.length === 0 ? 0 : labelled.baseline / baseline.length;
    user.candidate += candidate.length === 0 ? 0 : labelled.candidate / candidate.length;
  }

  addHeads(predictions: readonly HeadPredictions[], marks: readonly number[]): void {
    for (const { head, side, predicted, observed, ends } of predictions) {
      const sides = this.#heads.get(head) ?? { baseline: new HeadQuality(), candidate: new HeadQuality() };
      this.#heads.set(head, sides);
      const quality = sides[side];
      let from = 0;
      for (let at = 0; at < marks.length; at += 1) {
        const end = ends[at] ?? from;
        quality.add(predicted, observed, groupOf(marks[at] ?? 0), from, end);
        from = end;
      }
    }
  }

  addAuthors(shown: ShownAuthors, marks: readonly number[]): void {
    this.#authors.add(shown, marks);
  }

  /** What `workOut` makes intervals and p values from. */
  toWorkOut(seed: number): ToWorkOut {
    const heads = this.#sorted().map(([head, { baseline, candidate }]) => {
      return [head, { baseline: baseline.grouped, candidate: candidate.grouped }] as const;
    });
    return {
      ...{ seed, harms: this.#userHarms(seed), exposure: this.#authorExposure() },
      ...{ shown: this.#shown.groups, heads: new Map(heads) },
    };
  }

  /** How much each user is harmed on the mean, in the order users were met; null where nothing is labelled. */
  #userHarms(seed: number): UserHarms | null {
    if (!this.#labelled) return null;
    const of = (side: Side): Float64Array =>
      Float64Array.from(this.#users.values(), (user) => user[side] / user.requests);
    return { seed, baseline: of('baseline'), candidate: of('candidate') };
  }

  /** Null where no author is named. */
  #authorExposure(): GroupedExposure | null {
    return this.#authors.authors === 0 ? null : this.#authors.grouped;
  }

  /**
   * In one fixed order: harm, variety, heads by name. `items`: how many the snapshot holds; `workedOut`: absent where no
   * figure comes with an interval.
   */
  measures(items: number, workedOut: WorkedOut | null = null): Measure[] {
    const measure = (
      { id, title, unit, better }: Pick<Measure, 'id' | 'title' | 'unit' | 'better'>,
      of: (side: Side) => number | null,
      method: IntervalMethod,
      intervals: (sides: Record<Side, number>, workedOut: WorkedOut) => Omit<Intervals, 'method'> | null,
      p: (workedOut: WorkedOut) => number | null | undefined,
    ): Measure => {
      const [baseline, candidate] = [of('baseline'), of('candidate')];
      const known = baseline !== null && candidate !== null;
      const found = known && workedOut !== null ? intervals({ baseline, candidate }, workedOut) : null;
      const tested = known && workedOut !== null ? p(workedOut) : undefined;
      const test: TestMethod = method === 'cluster bootstrap' ? 'user randomisation' : 'group randomisation';
      return {
        ...{ id, title, unit, better },
        baseline: known ? baseline : null,
        candidate: known ? candidate : null,
        difference: known ? candidate - baseline : null,
        requests: known ? this.#requests : 0,
        ...(found === null ? {} : { intervals: { ...found, method } }),
        ...(tested === undefined ? {} : { p: tested, test, draws: DRAWS }),
      };
    };
    const { shown } = this.#shown;
    const rows = [
      measure(
        WORST_DECILE,
        (side) =>
          this.#labelled
            ? worstDecile(Array.from(this.#users.values(), (user) => user[side] / user.requests))
            : null,
        'cluster bootstrap',
        (_, { worst }) => worst && intervalsOf(worst.drawn),
        ({ worst }) => worst?.p,
      ),
      measure(
        COVERAGE,
        (side) => (items === 0 ? null : shown[side] / items),
        'incidence variance',
        () => this.#shown.intervals(items),
        ({ coverageP }) => coverageP,
      ),
    ];
    const exposure = this.#authorExposure();
    if (exposure !== null) {
      const figures = {
        baseline: concentrationOf(exposure.baseline),
        candidate: concentrationOf(exposure.candidate),
      };
      const unevenness = (name: Concentration, named: typeof AUTHOR_GINI | typeof AUTHOR_TOP): Measure =>
        measure(
          named,
          (side) => figures[side][name],
          'delete-a-group jackknife',
          (_, { authors }) => authors && authors.intervals[name],
          ({ authors }) => authors?.ps[name],
        );
      rows.push(unevenness('author_gini', AUTHOR_GINI), unevenness('author_top_share', AUTHOR_TOP));
    }
    for (const [head, sides] of this.#sorted()) {
      const of = (
        named: Pick<Measure, 'id' | 'title' | 'unit' | 'better'>,
        whole: (quality: HeadQuality) => number | null,
        without: (quality: HeadQuality) => (number | null)[],
        p: 'auc' | 'calibration',
      ): Measure =>
        measure(
          named,
          (side) => whole(sides[side]),
          'delete-a-group jackknife',
          (figures) => jackknifeIntervals(figures, without(sides.baseline), without(sides.candidate)),
          ({ headPs }) => headPs.get(head)?.[p],
        );
      rows.push(
        of(
          { id: `auc:${head}`, title: `AUC of the head ${head}`, unit: 'AUC', better: 'higher' },
          (quality) => quality.areaUnderCurve,
          (quality) => quality.areasWithout(),
          'auc',
        ),
        of(
          {
            ...{ id: `calibration_error:${head}`, title: `Expected calibration error of the head ${head}` },
            ...({ unit: 'share', better: 'lower' } as const),
          },
          (quality) => quality.calibrationError,
          (quality) => quality.calibrationErrorsWithout(),
          'calibration',
        ),
      );
    }
    return rows;
  }

  /**
   * The reliability of every head that predicts what a signal of its name tells, by name; `intervals`: whether with how
   * sure it is.
   */
  heads(intervals = false): HeadReport[] {
    const curve = (quality: HeadQuality): HeadReport['reliability'][Side] =>
      intervals ? sureReliability(quality) : quality.reliability;
    return this.#sorted().map(([name, { baseline, candidate }]) => ({
      name,
      observations: { baseline: baseline.observations, candidate: candidate.observations },
      reliability: { baseline: curve(baseline), candidate: curve(candidate) },
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
  const known = map.get(key);
  if (known !== undefined) return known;
  const met = { requests: 0, baseline: 0, candidate: 0 };
  map.set(key, met);
  return met;
}

/** Both sides without each group, and their difference without the same group. */
function jackknifeIntervals(
  { baseline, candidate }: Record<Side, number>,
  before: readonly (number | null)[],
  after: readonly (number | null)[],
): Omit<Intervals, 'method'> {
  const difference = before.map((value, group) => {
    const other = after[group] ?? null;
    return value === null || other === null ? null : other - value;
  });
  return {
    baseline: ofShare(jackknifeInterval(baseline, before)),
    candidate: ofShare(jackknifeInterval(candidate, after)),
    difference: jackknifeInterval(candidate - baseline, difference),
  };
}

/** A reliability curve with the interval of each share observed; null where all or none came true, or too few are known. */
function sureReliability(quality: HeadQuality): (ReliabilityBin & { readonly interval: Interval | null })[] {
  const { reliability } = quality;
  const without = quality.reliabilitiesWithout();
  return reliability.map((bin, at) => {
    const rests = without.map((bins) => bins[at]);
    const mixed = bin.observed !== null && bin.observed > 0 && bin.observed < 1;
    const known = mixed && rests.every((rest) => rest !== undefined && rest.count < bin.count);
    const found = known
      ? jackknifeInterval(
          bin.observed,
          rests.map((rest) => rest?.observed ?? null),
        )
      : null;
    const { count, predicted, observed } = bin;
    return { count, predicted, observed, interval: ofShare(found) };
  });
}
