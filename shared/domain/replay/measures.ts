import { CompensatedSums } from '../metrics/compensated-sums.ts';
import { CompensatedSum } from '../metrics/compensated-sum.ts';
import { compareCodePoints } from '../ranking/id-order.ts';
import { columnsOf, type Column, type Columns } from './columns.ts';
import { kindMeasures, KindNumbers, type KindMeans } from './kind-measures.ts';
import type { ComparedRequest } from './outcome.ts';
import type { Measure } from './report.ts';

/**
 * Averages compared requests into measures, each request counting alike. Add the requests in the order of
 * their ids: sums then run in one order, and the answer is the same to the last bit however many workers
 * compared them.
 */
export class MeasureAccumulator {
  readonly #layout: Columns;
  readonly #sums: CompensatedSums;
  /** Requests with evidence, by place in the row of numbers. */
  readonly #requests: Float64Array;
  readonly #labels = new Map<string, LabelSums>();
  readonly #kinds = new KindNumbers();
  readonly #kindSums: KindSums[] = [];
  #added = 0;

  constructor(topK: number) {
    this.#layout = columnsOf(topK);
    this.#sums = new CompensatedSums(this.#layout.width);
    this.#requests = new Float64Array(this.#layout.width);
  }

  add({ numbers: { values, labels, kinds } }: Pick<ComparedRequest, 'numbers'>): void {
    for (let at = 0; at < this.#layout.width; at += 1) {
      const value = values[at] ?? NaN;
      if (Number.isNaN(value)) continue;
      this.#sums.add(at, value);
      this.#requests[at] = (this.#requests[at] ?? 0) + 1;
    }
    for (const { label, prevalence } of labels) {
      const known = this.#sumsOf(label, prevalence.length);
      if (prevalence.includes(NaN)) continue;
      known.seen = true;
      for (let at = 0; at < prevalence.length; at += 1) known.sums.add(at, prevalence[at] ?? 0);
    }
    this.#added += 1;
    for (const [at, name] of kinds.names.entries()) {
      const number = this.#kinds.of(name);
      const known = this.#kindSums[number] ?? noSums();
      this.#kindSums[number] = known;
      // Two names of a request may count as one kind.
      if (known.last !== this.#added) known.requests += 1;
      known.last = this.#added;
      known.supply.add(kinds.values[3 * at] ?? 0);
      known.baseline.add(kinds.values[3 * at + 1] ?? 0);
      known.candidate.add(kinds.values[3 * at + 2] ?? 0);
    }
  }

  #sumsOf(label: string, width: number): LabelSums {
    const known = this.#labels.get(label);
    if (known !== undefined) return known;
    const met = { sums: new CompensatedSums(width), seen: false };
    this.#labels.set(label, met);
    return met;
  }

  /** Every measure, in one fixed order: movement, quality, labels (any, then by name), negative feedback, variety, kinds. */
  measures(): Measure[] {
    const rows: Measure[] = [];
    for (const column of this.#layout.columns) {
      const row = this.#measure(column);
      if (!column.optional || row.requests > 0) rows.push(row);
      if (column.id === `prevalence@${this.#layout.depths.at(-1)}`) rows.push(...this.#labelMeasures());
    }
    rows.push(...this.#kindMeasures());
    return rows;
  }

  /** A request without an item of a kind still counts: none of its exposure falls to it. */
  #kindMeasures(): Measure[] {
    const depth = this.#layout.depths.at(-1) ?? 0;
    const evidence = this.#layout.columns.find(({ id }) => id === `prevalence@${depth}`)?.at ?? -1;
    const all = this.#requests[evidence] ?? 0;
    const means = this.#kindSums.map(({ requests, supply, baseline, candidate }, number): KindMeans => ({
      name: this.#kinds.names[number] ?? '',
      requests,
      supply: supply.value / all,
      baseline: baseline.value / all,
      candidate: candidate.value / all,
    }));
    return kindMeasures(means, depth, all);
  }

  #measure(column: Column): Measure {
    const { at, sided, labels } = column;
    const requests = labels && this.#labels.size === 0 ? 0 : (this.#requests[at] ?? 0);
    const mean = (place: number): number | null =>
      requests === 0 ? null : this.#sums.value(place) / requests;
    return sided
      ? sidedMeasure(column, requests, mean(at), mean(at + 1))
      : { ...sidedMeasure(column, requests, null, null), difference: mean(at) };
  }

  /** A request without a label still counts: none of its items carries it. */
  #labelMeasures(): Measure[] {
    const labels = [...this.#labels].toSorted(([a], [b]) => compareCodePoints(a, b));
    const any = this.#layout.columns.filter(({ id }) => id.startsWith('prevalence@'));
    return labels.flatMap(([label, { sums, seen }]) =>
      any.map((column, place) => {
        const requests = seen ? (this.#requests[column.at] ?? 0) : 0;
        const mean = (at: number): number | null => (requests === 0 ? null : sums.value(at) / requests);
        const named = {
          ...column,
          id: `${column.id}:${label}`,
          title: `Share of items with label ${label} in the first ${column.depth}`,
        };
        return sidedMeasure(named, requests, mean(2 * place), mean(2 * place + 1));
      }),
    );
  }
}

interface LabelSums {
  /** Baseline and candidate at each depth in turn. */
  readonly sums: CompensatedSums;
  /** Whether any request that carries the label has two feeds to look at. */
  seen: boolean;
}

interface KindSums {
  requests: number;
  /** The request that counted last. */
  last: number;
  readonly supply: CompensatedSum;
  readonly baseline: CompensatedSum;
  readonly candidate: CompensatedSum;
}

const noSums = (): KindSums => ({
  requests: 0,
  last: 0,
  supply: new CompensatedSum(),
  baseline: new CompensatedSum(),
  candidate: new CompensatedSum(),
});

function sidedMeasure(
  { id, title, unit, better }: Pick<Column, 'id' | 'title' | 'unit' | 'better'>,
  requests: number,
  baseline: number | null,
  candidate: number | null,
): Measure {
  const difference = baseline === null || candidate === null ? null : candidate - baseline;
  return { id, title, unit, better, baseline, candidate, difference, requests };
}
