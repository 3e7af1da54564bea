import { depthsOf } from './depths.ts';
import { FEED_MEASURES, PAIR_MEASURES, type FeedDefinition, type PairDefinition } from './definitions.ts';
import type { Measure } from './report.ts';

/**
 * Where a measure's number of one request stands in the row of numbers: at `at` for a measure of difference, at `at`
 * (baseline) and `at` + 1 (candidate) for a sided one. NaN: the request says nothing.
 */
export interface Column {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly better: Measure['better'];
  readonly optional: boolean;
  readonly labels: boolean;
  readonly sided: boolean;
  readonly at: number;
  readonly depth: number;
}

export interface Columns {
  readonly depths: readonly number[];
  readonly columns: readonly (Column & Computed)[];
  /** `at` of each column by its id. */
  readonly places: ReadonlyMap<string, number>;
  /** `at` of those that a request's outcome tells. */
  readonly told: Readonly<Record<Told, number>>;
  /** How many numbers a row holds. */
  readonly width: number;
}

type Told = 'overlap' | 'rbo' | 'firstChanged' | 'largestMove' | 'ndcg';

type Computed =
  | { readonly sided: false; readonly of: PairDefinition['of'] }
  | { readonly sided: true; readonly of: FeedDefinition['of'] };

const known = new Map<number, Columns>();

/** The row of numbers a replay at depth `topK` makes of each request; the same object for the same depth. */
export function columnsOf(topK: number): Columns {
  const made = known.get(topK) ?? layOut(topK);
  known.set(topK, made);
  return made;
}

function layOut(topK: number): Columns {
  const depths = depthsOf(topK);
  const columns: (Column & Computed)[] = [];
  let width = 0;
  const add = (definition: PairDefinition | FeedDefinition, computed: Computed): void => {
    const { metric, atDepths, unit, better, optional, labels } = definition;
    for (const depth of atDepths ? depths : [topK]) {
      const id = atDepths ? `${metric}@${depth}` : metric;
      columns.push({
        id,
        title: definition.title(depth),
        unit,
        better,
        optional,
        labels,
        at: width,
        depth,
        ...computed,
      });
      width += computed.sided ? 2 : 1;
    }
  };
  for (const definition of PAIR_MEASURES) add(definition, { sided: false, of: definition.of });
  for (const definition of FEED_MEASURES) add(definition, { sided: true, of: definition.of });
  const places = new Map(columns.map(({ id, at }) => [id, at]));
  const at = (id: string): number => places.get(id) ?? NaN;
  const told = {
    ...{ overlap: at(`overlap@${topK}`), rbo: at('rbo'), firstChanged: at('first_changed') },
    ...{ largestMove: at('largest_move'), ndcg: at(`ndcg@${topK}`) },
  };
  return { depths, columns, places, told, width };
}
