import { groupParities } from './group-parity.ts';
import { Inference, type ResampleTask } from './inference.ts';
import { MeasureAccumulator } from './measures.ts';
import type { SliceNumbers } from './outcome.ts';
import type { Measure, ReplaySettings, Slice, SliceMeasure, SliceTable, Slicing } from './report.ts';
import { ReplayTally } from './tally.ts';
import type { ToWorkOut, WorkedOut } from './worked-out.ts';

/** Values of a slicing that are shown; each holds a thousand draws of every measure. */
export const SHOWN_VALUES = 40;

/** A slice of fewer requests is marked as small. */
const SMALL = 100;

/** Chunks of a slice that wait to be drawn anew, each with where its sums go. */
export interface SliceTask {
  readonly inference: Inference;
  readonly task: ResampleTask;
}

interface OneSlice {
  readonly values: readonly string[];
  readonly measures: MeasureAccumulator;
  readonly inference: Inference | null;
  readonly tally: ReplayTally;
  workedOut: WorkedOut | null;
  requests: number;
}

/**
 * Measures requests by slice: means over requests with their intervals, the worst tenth of users, coverage. Add the
 * requests in the order of their ids, as to `MeasureAccumulator`.
 */
export class SliceTallies {
  readonly #slicings: readonly Slicing[];
  readonly #settings: ReplaySettings;
  readonly #intervals: boolean;
  readonly #slices: readonly Map<string, OneSlice>[];
  readonly #omitted: readonly Set<string>[];

  constructor(settings: ReplaySettings, intervals: boolean) {
    this.#settings = settings;
    this.#intervals = intervals;
    this.#slicings = settings.slices ?? [];
    this.#slices = this.#slicings.map(() => new Map());
    this.#omitted = this.#slicings.map(() => new Set());
  }

  /** Answers the chunks that became full. */
  add(rows: readonly SliceNumbers[], userId: string, mark: number): SliceTask[] {
    return rows.flatMap((row) => {
      const slice = this.#sliceOf(row);
      // A feed without an item of the slice says nothing of it.
      if (slice === null || row.shown.baseline.length + row.shown.candidate.length === 0) return [];
      slice.requests += 1;
      slice.measures.add(row);
      slice.tally.add(row.shown, userId, mark);
      const task = slice.inference?.add(row, mark) ?? null;
      return slice.inference === null || task === null ? [] : [{ inference: slice.inference, task }];
    });
  }

  /** The chunks that are not full. */
  flush(): SliceTask[] {
    return this.#slices.flatMap((slices) =>
      Array.from(slices.values()).flatMap(({ inference }) => {
        const task = inference?.flush() ?? null;
        return inference === null || task === null ? [] : [{ inference, task }];
      }),
    );
  }

  /** What is to be worked out of every slice, one at a time; hand what comes of it to `take`. */
  *toWorkOut(): Generator<{ readonly input: ToWorkOut; take(workedOut: WorkedOut): void }> {
    if (!this.#intervals) return;
    for (const slices of this.#slices)
      for (const slice of slices.values())
        yield {
          input: slice.tally.toWorkOut(this.#settings.seed),
          take: (workedOut) => void (slice.workedOut = workedOut),
        };
  }

  /** Largest slice first, then in the order they were met. `items`: how many the snapshot holds. */
  tables(items: number): SliceTable[] {
    return this.#slicings.map((by, slicing) => ({
      by: [...by],
      slices: Array.from(this.#slices[slicing]?.values() ?? [], (slice) => reported(slice, items)).toSorted(
        (a, b) => b.requests - a.requests,
      ),
      omitted: this.#omitted[slicing]?.size ?? 0,
    }));
  }

  /** How even quality and harm are over the groups of each slicing. */
  parities(): Measure[] {
    return this.#slicings.flatMap((by, slicing) => {
      const slices = Array.from(
        this.#slices[slicing]?.values() ?? [],
        ({ values, requests, measures, inference }) => ({
          ...{ values, small: requests < SMALL, measures: measures.measures() },
          drawn: (id: string) => inference?.drawn(id) ?? null,
          swapped: (id: string) => inference?.swapped(id) ?? null,
        }),
      );
      return groupParities(by, slices, this.#settings.topK);
    });
  }

  #sliceOf({ slicing, values }: SliceNumbers): OneSlice | null {
    const slices = this.#slices[slicing];
    const omitted = this.#omitted[slicing];
    if (slices === undefined || omitted === undefined) return null;
    const key = values.join('\u001f');
    const known = slices.get(key);
    if (known !== undefined) return known;
    if (slices.size === SHOWN_VALUES) {
      omitted.add(key);
      return null;
    }
    const { topK, seed } = this.#settings;
    const made = {
      values,
      measures: new MeasureAccumulator(topK),
      inference: this.#intervals ? new Inference(topK, seed) : null,
      tally: new ReplayTally(topK),
      workedOut: null,
      requests: 0,
    };
    slices.set(key, made);
    return made;
  }
}

function reported(
  { values, requests, measures, inference, tally, workedOut }: OneSlice,
  items: number,
): Slice {
  const means = measures.measures();
  const all = [...(inference?.withIntervals(means) ?? means), ...tally.measures(items, workedOut)];
  const rows = all.map(({ title: _title, unit: _unit, better: _better, ...row }): SliceMeasure => row);
  return { values: [...values], requests, small: requests < SMALL, measures: rows };
}
