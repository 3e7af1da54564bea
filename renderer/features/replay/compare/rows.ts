import type { ReplayDetail } from '../../../../shared/contract/replay.ts';
import type { Measure } from '../../../../shared/domain/replay/report.ts';
import type { ExportTable } from '../../../components/export/table.ts';
import { rankerName } from '../../../components/ranker-name.ts';
import { byAlarm } from '../alarm.ts';
import { intervalBy } from '../exports.ts';

interface Row {
  /** The measure of the candidate for which it is most alarming. */
  readonly first: Measure;
  /** One for each replay; null where its report lacks the measure. */
  readonly measures: readonly (Measure | null)[];
}

/** Every measure of any of the replays, ordered by the worst of its candidates. */
export function rowsOf(reports: readonly { readonly measures: readonly Measure[] }[]): Row[] {
  const all = reports.map(({ measures }) => new Map(measures.map((measure) => [measure.id, measure])));
  const seen = new Set<string>();
  return byAlarm(all.flatMap((measures) => [...measures.values()])).flatMap((first) => {
    if (seen.has(first.id)) return [];
    seen.add(first.id);
    return [{ first, measures: all.map((measures) => measures.get(first.id) ?? null) }];
  });
}

export function comparedTable(replays: readonly ReplayDetail[]): ExportTable {
  return {
    columns: [
      ...['measure', 'title', 'unit', 'better', 'baseline'],
      ...replays.flatMap(({ candidate }) => {
        const name = rankerName(candidate);
        return [
          `${name} difference`,
          `${name} lower`,
          `${name} upper`,
          `${name} interval by`,
          `${name} interval draws`,
          `${name} p`,
          `${name} p draws`,
          `${name} requests`,
        ];
      }),
    ],
    rows: rowsOf(reportsOf(replays)).map(({ first: { id, title, unit, better, baseline }, measures }) =>
      [
        [id, title, unit, better, baseline],
        ...measures.map((measure) => [
          measure?.difference ?? null,
          measure?.intervals?.difference?.lower ?? null,
          measure?.intervals?.difference?.upper ?? null,
          measure === null ? null : intervalBy(measure),
          measure?.intervals?.draws ?? null,
          measure?.p ?? null,
          measure?.draws ?? null,
          measure?.requests ?? null,
        ]),
      ].flat(),
    ),
  };
}

/** The measures of each replay; none where it has no report. */
export const reportsOf = (replays: readonly ReplayDetail[]): { measures: readonly Measure[] }[] =>
  replays.map(({ report }) => ({ measures: report?.measures ?? [] }));
