import { percentileInterval } from '../statistics/interval.ts';
import { type Chunk, DRAWS } from '../statistics/resample.ts';
import { randomisationP } from '../statistics/significance.ts';
import { columnsOf, type Columns } from './columns.ts';
import type { ComparedRequest, RequestNumbers } from './outcome.ts';
import type { Interval, Measure } from './report.ts';

/** Requests of one chunk. It does not depend on batches or workers, so neither do the draws. */
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

/**
 * Makes intervals and p values from requests that pass by once: every chunk of them is drawn anew somewhere else,
 * and only sums are kept. Add requests in the order of their ids and merge chunks in the order they came out.
 */
export class Inference {
  readonly #layout: Columns;
  readonly #seed: number;
  readonly #labels: string[] = [];
  #waiting: RequestNumbers[] = [];
  #ordinal = 0;
  /** One row of draws for each column of a chunk, and for each difference with the difference itself. */
  readonly #levels: Float64Array[] = [];
  readonly #flipped: Float64Array[] = [];
  readonly #seen: number[] = [];

  constructor(topK: number, seed: number) {
    this.#layout = columnsOf(topK);
    this.#seed = seed;
  }

  /** Takes a request in; answers a task when a chunk is full. */
  add({ numbers }: Pick<ComparedRequest, 'numbers'>): ResampleTask | null {
    this.#waiting.push(numbers);
    return this.#waiting.length < CHUNK_REQUESTS ? null : this.flush();
  }

  /** The task of the requests that wait; null when none do. */
  flush(): ResampleTask | null {
    const waiting = this.#waiting;
    if (waiting.length === 0) return null;
    this.#waiting = [];
    for (const { labels } of waiting) {
      for (const { label } of labels) if (!this.#labels.includes(label)) this.#labels.push(label);
    }
    const chunk = (rows: number[][]): Chunk => ({
      seed: this.#seed,
      ordinal: this.#ordinal,
      requests: rows.length,
      columns: rows[0]?.length ?? 0,
      values: Float64Array.from(rows.flat()),
    });
    const task = {
      levels: chunk(waiting.map((numbers) => this.#levelsOf(numbers))),
      differences: chunk(waiting.map((numbers) => this.#differencesOf(numbers))),
    };
    this.#ordinal += 1;
    return task;
  }

  merge({ differences }: ResampleTask, resampled: Resampled): void {
    addRows(this.#levels, resampled.levels);
    addRows(this.#flipped, resampled.differences);
    for (let column = 0; column < differences.columns; column += 1) {
      let sum = this.#seen[column] ?? 0;
      for (let at = column; at < differences.values.length; at += differences.columns)
        sum += differences.values[at] ?? 0;
      this.#seen[column] = sum;
    }
  }

  /** The measures with their intervals and p values; those that are no means over requests come back as they are. */
  withIntervals(measures: readonly Measure[]): Measure[] {
    const places = this.#places();
    return measures.map((measure) => {
      const place = places.get(measure.id);
      if (place === undefined || measure.requests === 0) return measure;
      const { first, sided, evidence, difference } = place;
      const ratio = (of: (draw: number) => number): Interval =>
        percentileInterval(
          Float64Array.from({ length: DRAWS }, (_, draw) => of(draw) / this.#level(evidence, draw)),
        );
      if (!sided) {
        const own = ratio((draw) => this.#level(first, draw));
        return { ...measure, intervals: { baseline: null, candidate: null, difference: own } };
      }
      const intervals = {
        baseline: ratio((draw) => this.#level(first, draw)),
        candidate: ratio((draw) => this.#level(first + 1, draw)),
        difference: ratio((draw) => this.#level(first + 1, draw) - this.#level(first, draw)),
      };
      const p = randomisationP(this.#seen[difference] ?? 0, this.#flipped[difference] ?? new Float64Array());
      return { ...measure, intervals, p };
    });
  }

  #level(column: number, draw: number): number {
    return this.#levels[column]?.[draw] ?? NaN;
  }

  /** For each measure its numbers (0 without evidence) and 1 where there is evidence; then every label. */
  #levelsOf({ values, labels }: RequestNumbers): number[] {
    const row: number[] = [];
    for (const { at, sided } of this.#layout.columns) {
      const value = values[at] ?? NaN;
      const evidence = Number.isNaN(value) ? 0 : 1;
      row.push(evidence === 0 ? 0 : value);
      if (sided) row.push(evidence === 0 ? 0 : (values[at + 1] ?? NaN));
      row.push(evidence);
    }
    for (const shares of this.#labelRows(labels)) {
      for (let at = 0; at < 2 * this.#layout.depths.length; at += 1) row.push(orZero(shares?.[at]));
    }
    return row;
  }

  /** Candidate − baseline for each sided measure, 0 without evidence; then every label. */
  #differencesOf({ values, labels }: RequestNumbers): number[] {
    const row: number[] = [];
    for (const { at, sided } of this.#layout.columns) {
      if (sided) row.push(orZero((values[at + 1] ?? NaN) - (values[at] ?? NaN)));
    }
    for (const shares of this.#labelRows(labels)) {
      for (let at = 0; at < this.#layout.depths.length; at += 1)
        row.push(orZero((shares?.[2 * at + 1] ?? NaN) - (shares?.[2 * at] ?? NaN)));
    }
    return row;
  }

  #labelRows(labels: RequestNumbers['labels']): (Float64Array | undefined)[] {
    return this.#labels.map((name) => labels.find(({ label }) => label === name)?.prevalence);
  }

  /** Where each measure stands among the columns of levels and of differences. */
  #places(): Map<string, { first: number; sided: boolean; evidence: number; difference: number }> {
    const places = new Map<string, { first: number; sided: boolean; evidence: number; difference: number }>();
    let first = 0;
    let difference = 0;
    for (const { id, sided } of this.#layout.columns) {
      places.set(id, { first, sided, evidence: first + (sided ? 2 : 1), difference });
      first += sided ? 3 : 2;
      if (sided) difference += 1;
    }
    for (const label of this.#labels) {
      for (const depth of this.#layout.depths) {
        const evidence = places.get(`prevalence@${depth}`)?.evidence ?? NaN;
        places.set(`prevalence@${depth}:${label}`, { first, sided: true, evidence, difference });
        first += 2;
        difference += 1;
      }
    }
    return places;
  }
}

const orZero = (value: number | undefined): number =>
  value === undefined || Number.isNaN(value) ? 0 : value;

/** Adds sums, a row of draws for each column. */
export function addRows(rows: Float64Array[], sums: Float64Array): void {
  for (let column = 0; column * DRAWS < sums.length; column += 1) {
    const row = rows[column] ?? new Float64Array(DRAWS);
    rows[column] = row;
    for (let draw = 0; draw < DRAWS; draw += 1)
      row[draw] = (row[draw] ?? 0) + (sums[column * DRAWS + draw] ?? 0);
  }
}
