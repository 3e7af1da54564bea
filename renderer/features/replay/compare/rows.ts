import type { ReplayDetail } from '../../../../shared/contract/replay.ts';
import type { Measure } from '../../../../shared/domain/replay/report.ts';
import type { ExportTable } from '../../../components/export/table.ts';
import { rankerName } from '../../../components/ranker-name.ts';
import { byAlarm } from '../alarm.ts';
import { intervalBy } from '../exports.ts';

export interface ComparedRow {
  /** The measure of the candidate for which it is most alarming. */
  readonly first: Measure;
  /** One for each replay; null where its report lacks the measure. */
  readonly measures: readonly (Measure | null)[];
}

/** Every measure of any of the replays, ordered by the worst of its candidates. */
export function rowsOf(reports: readonly { readonly measures: readonly Measure[] }[]): ComparedRow[] {
  const all = reports.map(({ measures }) => new Map(measures.map((measure) => [measure.id, measure])));
  const seen = new Set<string>();
  return byAlarm(all.flatMap((measures) => [...measures.values()])).flatMap((first) => {
    if (seen.has(first.id)) return [];
    seen.add(first.id);
    return [{ first, measures: all.map((measures) => measures.get(first.id) ?? null) }];
  });
}

/**
 * The baseline's figures of one measure, each with the places of the candidates it stands beside. A measure that not every
 * request holds evidence for rests on those that do for both feeds, so the baseline may differ from candidate to candidate.
 */
export function baselinesOf(measures: readonly (Measure | null)[]): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const [at, measure] of measures.entries()) {
    const baseline = measure?.baseline ?? null;
    if (baseline !== null) found.set(baseline, [...(found.get(baseline) ?? []), at]);
  }
  return found;
}

export function comparedTable(replays: readonly ReplayDetail[]): ExportTable {
  return {
    columns: [
      ...['measure', 'title', 'unit', 'better'],
      ...replays.flatMap(({ candidate }) => {
        const name = rankerName(candidate);
        return [
          `${name} baseline`,
          `${name} candidate`,
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
    rows: rowsOf(reportsOf(replays)).map(({ first: { id, title, unit, better }, measures }) =>
      [
        [id, title, unit, better],
        ...measures.map((measure) => [
          measure?.baseline ?? null,
          measure?.candidate ?? null,
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
