import { attributeWorths, mixesOf, type Part } from '../attribution/parts.ts';
import { CompensatedSum } from '../metrics/compensated-sum.ts';
import { columnsOf } from './columns.ts';
import { DrawnParts } from './drawn-parts.ts';
import type { RequestNumbers } from './outcome.ts';
import type { AttributedChange } from './report.ts';

/** Of a request's numbers those a change is attributed in: of each measure how the second feed stands. */
export function worthOf({ values }: Pick<RequestNumbers, 'values'>, topK: number): Float64Array {
  const { columns } = columnsOf(topK);
  return Float64Array.from(columns, ({ at, sided }) => values[sided ? at + 1 : at] ?? NaN);
}

/**
 * Adds up, over requests in the order of their ids, what every mix of the two rankers' parts is worth; the change of
 * each mean is then taken apart. Add one row for each mix, in the order of `mixesOf`.
 */
export class AttributionTally {
  readonly #topK: number;
  readonly #differing: readonly Part[];
  readonly #mixes: readonly { readonly sums: readonly CompensatedSum[]; readonly requests: Float64Array }[];

  /** Intervals of the parts; null where none are asked for. */
  readonly drawn: DrawnParts | null;

  /** `seed`: of the draws that intervals are made from; null: without intervals. */
  constructor(topK: number, differing: readonly Part[], seed: number | null = null) {
    this.#topK = topK;
    this.#differing = differing;
    const { columns } = columnsOf(topK);
    this.drawn = seed === null ? null : new DrawnParts(seed, differing, columns.length);
    this.#mixes = mixesOf(differing).map(() => ({
      sums: columns.map(() => new CompensatedSum()),
      requests: new Float64Array(columns.length),
    }));
  }

  add(worths: readonly Float64Array[]): void {
    for (const [mix, { sums, requests }] of this.#mixes.entries()) {
      for (const [at, sum] of sums.entries()) {
        const value = worths[mix]?.[at] ?? NaN;
        if (Number.isNaN(value)) continue;
        sum.add(value);
        requests[at] = (requests[at] ?? 0) + 1;
      }
    }
  }

  changes(): AttributedChange[] {
    const means = this.#mixes.map(({ sums, requests }) =>
      Float64Array.from(sums, (sum, at) => sum.value / (requests[at] ?? 0)),
    );
    const ids = columnsOf(this.#topK).columns.map(({ id }) => id);
    return attributedChanges(this.#differing, means, ids).map((change) => {
      const intervals = this.#intervalsOf(ids.indexOf(change.id));
      return intervals === undefined ? change : Object.assign(change, { intervals });
    });
  }

  /** None where some mix lacks evidence that another has: the parts of the means are then no means of parts. */
  #intervalsOf(measure: number): AttributedChange['intervals'] {
    const requests = new Set(this.#mixes.map((mix) => mix.requests[measure]));
    return requests.size === 1 ? this.drawn?.intervals(measure) : undefined;
  }
}

/** The change of each figure taken apart; figures that some mix has no evidence for are left out. */
export function attributedChanges(
  differing: readonly Part[],
  worths: readonly Float64Array[],
  ids: readonly string[],
): AttributedChange[] {
  const parts = attributeWorths(differing, worths);
  const [none, all] = [worths[0], worths.at(-1)];
  return ids.flatMap((id, at) => {
    const total = (all?.[at] ?? NaN) - (none?.[at] ?? NaN);
    if (worths.some((worth) => Number.isNaN(worth[at] ?? NaN))) return [];
    const of = (part: Part): number => parts[part][at] ?? 0;
    return [
      {
        id,
        total,
        parts: {
          model: of('model'),
          weights: of('weights'),
          multipliers: of('multipliers'),
          filters: of('filters'),
          diversity: of('diversity'),
        },
      },
    ];
  });
}
