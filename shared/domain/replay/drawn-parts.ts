import { levelsTask } from './levels-task.ts';
import { attributeWorths, type Part } from '../attribution/parts.ts';
import { percentileInterval } from '../statistics/interval.ts';
import { DRAWS } from '../statistics/resample.ts';
import { addRows, CHUNK_REQUESTS, type Resampled, type ResampleTask } from './inference.ts';
import type { AttributedChange, Interval } from './report.ts';

const SAME: Interval = { lower: 0, upper: 0 };

/**
 * Draws the parts of a change anew, request by request, all parts of a request alike (a paired bootstrap): a Shapley
 * value is a sum over mixes, so the parts of a mean are the means of each request's own parts. Chunks are drawn
 * elsewhere, as those of `Inference`.
 */
export class DrawnParts {
  readonly #seed: number;
  readonly #differing: readonly Part[];
  readonly #measures: number;
  readonly #draws: Float64Array[] = [];
  #waiting: Float64Array[] = [];
  #marks: number[] = [];

  /** `measures`: how many figures a row of worths holds. */
  constructor(seed: number, differing: readonly Part[], measures: number) {
    this.#seed = seed;
    this.#differing = differing;
    this.#measures = measures;
  }

  /** Takes what each mix is worth on one request, and its `requestMark`; answers a task when a chunk is full. */
  add(worths: readonly Float64Array[], mark: number): ResampleTask | null {
    if (this.#differing.length === 0) return null;
    this.#waiting.push(this.#rowOf(worths));
    this.#marks.push(mark);
    return this.#waiting.length < CHUNK_REQUESTS ? null : this.flush();
  }

  flush(): ResampleTask | null {
    const waiting = this.#waiting;
    if (waiting.length === 0) return null;
    this.#waiting = [];
    const columns = this.#measures * (this.#differing.length + 1);
    const task = levelsTask(waiting, columns, this.#seed, this.#marks);
    this.#marks = [];
    return task;
  }

  merge(_task: ResampleTask, { levels }: Resampled): void {
    addRows(this.#draws, levels);
  }

  /** The intervals of the measure at a place of the row; undefined where nothing was drawn. */
  intervals(measure: number): AttributedChange['intervals'] {
    if (this.#draws.length === 0) return undefined;
    const evidence = this.#draws[this.#differing.length * this.#measures + measure];
    const sums = this.#differing.map((_, at) => this.#draws[at * this.#measures + measure]);
    const total = new Float64Array(DRAWS);
    for (const part of sums)
      for (let draw = 0; draw < DRAWS; draw += 1) total[draw] = (total[draw] ?? 0) + (part?.[draw] ?? NaN);
    const mean = (part: Float64Array | undefined): Interval =>
      percentileInterval(total.map((_, draw) => (part?.[draw] ?? NaN) / (evidence?.[draw] ?? NaN)));
    const of = (part: Part): Interval => {
      const at = this.#differing.indexOf(part);
      return at === -1 ? SAME : mean(sums[at]);
    };
    return {
      ...{ total: mean(total), model: of('model'), weights: of('weights') },
      ...{ multipliers: of('multipliers'), filters: of('filters'), diversity: of('diversity') },
      draws: DRAWS,
    };
  }

  /** Each part's share of every measure, part after part, then 1 for a measure that every mix has evidence of, else 0. */
  #rowOf(worths: readonly Float64Array[]): Float64Array {
    const parts = attributeWorths(this.#differing, worths);
    const row = new Float64Array(this.#measures * (this.#differing.length + 1));
    for (let measure = 0; measure < this.#measures; measure += 1) {
      if (worths.some((worth) => Number.isNaN(worth[measure] ?? NaN))) continue;
      for (const [at, part] of this.#differing.entries())
        row[at * this.#measures + measure] = parts[part][measure] ?? 0;
      row[this.#differing.length * this.#measures + measure] = 1;
    }
    return row;
  }
}
