import { parityRatio } from '../metrics/concentration.ts';
import { percentileInterval } from '../statistics/interval.ts';
import { type Chunk, DRAWS } from '../statistics/resample.ts';
import { randomisationP } from '../statistics/significance.ts';
import { DrawnLayout, type DrawnPlace } from './drawn-layout.ts';
import { comparableKinds, ratioId } from './kind-measures.ts';
import type { ComparedRequest, RequestNumbers } from './outcome.ts';
import type { Interval, Measure } from './report.ts';

/** Requests of one chunk. It does not depend on batches or workers, so neither does the order of sums. */
export const CHUNK_REQUESTS = 2048;

/** Requests whose sums are to be drawn anew, and their differences, whose signs are to be turned. */
export interface ResampleTask {
  readonly levels: Chunk;
  readonly differences: Chunk;
}

/** Sums as `bootstrapSums` of the levels and `signFlippedSums` of the differences lay them out. */
export interface Resampled {
  readonly levels: Float64Array;
  readonly differences: Float64Array;
}

/** A figure of both sides in every draw, or in every swap of requests; NaN where one has no evidence. */
export interface DrawnSides {
  readonly baseline: Float64Array;
  readonly candidate: Float64Array;
}

/**
 * Makes intervals and p values from requests that pass by once: every chunk of them is drawn anew somewhere else,
 * and only sums are kept. Add requests in the order of their ids and merge chunks in the order they came out.
 */
export class Inference {
  readonly #layout: DrawnLayout;
  readonly #seed: number;
  #waiting: RequestNumbers[] = [];
  #marks: number[] = [];
  /** One row of draws for each column of a chunk, and for each difference with the difference itself. */
  readonly #levels: Float64Array[] = [];
  readonly #flipped: Float64Array[] = [];
  readonly #seen: number[] = [];
  readonly #seenLevels: number[] = [];

  constructor(topK: number, seed: number) {
    this.#layout = new DrawnLayout(topK);
    this.#seed = seed;
  }

  /** Takes a request in, with its `requestMark`; answers a task when a chunk is full. */
  add({ numbers }: Pick<ComparedRequest, 'numbers'>, mark: number): ResampleTask | null {
    this.#waiting.push(numbers);
    this.#marks.push(mark);
    return this.#waiting.length < CHUNK_REQUESTS ? null : this.flush();
  }

  /** The task of the requests that wait; null when none do. */
  flush(): ResampleTask | null {
    const waiting = this.#waiting;
    if (waiting.length === 0) return null;
    this.#waiting = [];
    const { levels, differences } = this.#layout.layOut(waiting);
    const chunk = { seed: this.#seed, marks: Float64Array.from(this.#marks) };
    this.#marks = [];
    return { levels: { ...chunk, ...levels }, differences: { ...chunk, ...differences } };
  }

  merge({ levels, differences }: ResampleTask, resampled: Resampled): void {
    addRows(this.#levels, resampled.levels);
    addRows(this.#flipped, resampled.differences);
    addColumns(this.#seen, differences);
    addColumns(this.#seenLevels, levels);
  }

  /** The measures with their intervals and p values; those that are no means over requests come back as they are. */
  withIntervals(measures: readonly Measure[]): Measure[] {
    const places = this.#layout.places();
    return measures.map((measure) => {
      if (measure.requests === 0) return measure;
      const kinds = this.#parityOf(measure, measures, places);
      if (kinds !== null)
        return {
          ...measure,
          intervals: intervalsOf(parityDraws(kinds.map((kind) => this.#sides(kind)))),
          ...parityTest(kinds.map((kind) => this.#swappedSides(kind))),
        };
      const place = places.get(measure.id);
      if (place === undefined) return measure;
      const { difference } = place;
      if (difference === null) {
        const own = percentileInterval(this.#ratio(place.baseline, place.evidence));
        return { ...measure, intervals: { baseline: null, candidate: null, difference: own, draws: DRAWS } };
      }
      const flipped = this.#flipped[difference] ?? new Float64Array();
      const p = randomisationP(this.#seen[difference] ?? 0, flipped);
      return { ...measure, intervals: intervalsOf(this.#sides(place)), p, draws: flipped.length };
    });
  }

  /** A sided measure in every draw; null where it is no mean over requests. */
  drawn(id: string): DrawnSides | null {
    const place = this.#layout.places().get(id);
    return place === undefined || place.difference === null ? null : this.#sides(place);
  }

  /** A sided measure as it is seen, then in every swap of requests at random; null where it is no mean over requests. */
  swapped(id: string): DrawnSides | null {
    const place = this.#layout.places().get(id);
    return place === undefined || place.difference === null ? null : this.#swappedSides(place);
  }

  /** The kinds that a parity of exposure over an attribute holds against each other; null for any other measure. */
  #parityOf(
    { id }: Measure,
    measures: readonly Measure[],
    places: ReadonlyMap<string, DrawnPlace>,
  ): DrawnPlace[] | null {
    const [, depth = '', attribute = ''] = /^exposure_parity@(\d+):(.+)$/.exec(id) ?? [];
    if (attribute === '') return null;
    const prefix = ratioId(Number(depth), '');
    const kinds = measures
      .filter((measure) => measure.id.startsWith(prefix))
      .map((measure) => ({ name: measure.id.slice(prefix.length), requests: measure.requests }));
    return comparableKinds(kinds, attribute).flatMap((name) => places.get(prefix + name) ?? []);
  }

  #sides({ baseline, candidate, evidence }: DrawnPlace): DrawnSides {
    return { baseline: this.#ratio(baseline, evidence), candidate: this.#ratio(candidate, evidence) };
  }

  /** Swapping a request's rankers turns the sign of its difference and leaves the sum of both sides. */
  #swappedSides({ baseline, candidate, evidence, difference }: DrawnPlace): DrawnSides {
    const [before = NaN, after = NaN, below = NaN] = [baseline, candidate, evidence].map(
      (column) => this.#seenLevels[column],
    );
    const flipped = this.#flipped[difference ?? -1] ?? new Float64Array();
    const differences = [this.#seen[difference ?? -1] ?? NaN, ...flipped];
    const side = (sign: 1 | -1): Float64Array =>
      Float64Array.from(differences, (by) => (before + after + sign * by) / 2 / below);
    return { baseline: side(-1), candidate: side(1) };
  }

  #ratio(column: number, evidence: number): Float64Array {
    const [above, below] = [this.#levels[column], this.#levels[evidence]];
    return Float64Array.from({ length: DRAWS }, (_, draw) => (above?.[draw] ?? NaN) / (below?.[draw] ?? NaN));
  }
}

/** In every draw the smallest over the largest of several groups' figures, by `parityRatio`. */
export function parityDraws(groups: readonly DrawnSides[]): DrawnSides {
  const side = (which: keyof DrawnSides): Float64Array =>
    Float64Array.from(
      groups[0]?.[which] ?? [],
      (_, draw) => parityRatio(groups.map((group) => group[which][draw] ?? NaN)) ?? NaN,
    );
  return { baseline: side('baseline'), candidate: side('candidate') };
}

/** The test of a difference of parities, of groups as `swapped` answers them; its p value is null where nothing differs. */
export function parityTest(groups: readonly DrawnSides[]): { p: number | null; draws: number } {
  const { baseline, candidate } = parityDraws(groups);
  const [seen = NaN, ...swapped] = candidate.map((value, at) => value - (baseline[at] ?? NaN));
  return { p: randomisationP(seen, Float64Array.from(swapped)), draws: swapped.length };
}

function addColumns(sums: number[], { columns, values }: Chunk): void {
  for (let at = 0; at < values.length; at += columns)
    for (let column = 0; column < columns; column += 1)
      sums[column] = (sums[column] ?? 0) + (values[at + column] ?? 0);
}

/** The ends of what both sides, and their difference, come to in the draws. */
export function intervalsOf({ baseline, candidate }: DrawnSides): {
  baseline: Interval;
  candidate: Interval;
  difference: Interval;
  draws: number;
} {
  return {
    draws: baseline.length,
    baseline: percentileInterval(baseline),
    candidate: percentileInterval(candidate),
    difference: percentileInterval(candidate.map((value, draw) => value - (baseline[draw] ?? NaN))),
  };
}

/** Adds sums, a row of draws for each column. */
export function addRows(rows: Float64Array[], sums: Float64Array): void {
  for (let column = 0; column * DRAWS < sums.length; column += 1) {
    const row = rows[column] ?? new Float64Array(DRAWS);
    rows[column] = row;
    for (let draw = 0; draw < DRAWS; draw += 1)
      row[draw] = (row[draw] ?? 0) + (sums[column * DRAWS + draw] ?? 0);
  }
}
