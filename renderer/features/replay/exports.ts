import type { ReplayDetail } from '../../../shared/contract/replay.ts';
import type { Measure, ReplayReport, SliceMeasure } from '../../../shared/domain/replay/report.ts';
import type { Source } from '../../components/export/source.ts';
import type { ExportTable } from '../../components/export/table.ts';
import { rankerName } from '../../components/ranker-name.ts';
import { byAlarm } from './alarm.ts';
import { untestedBecause } from './tests-text.ts';

/** What every figure of a replay says of where it comes from. */
export function sourceOf({ reportDigest }: Pick<ReplayDetail, 'reportDigest'>, report: ReplayReport): Source {
  const { baseline, candidate, snapshot, stateside } = report;
  const name = `${rankerName(candidate)} against ${rankerName(baseline)}`;
  const digest = reportDigest === null ? '' : `, report ${reportDigest.slice(0, 8)}`;
  return {
    name,
    line: `${name} on ${snapshot.name} (${snapshot.digest.slice(0, 8)})${digest}, Stateside ${stateside}`,
  };
}

/** How the interval of a difference was made; null where there is none. */
export const intervalBy = ({ intervals }: Pick<Measure, 'intervals'>): string | null =>
  intervals === undefined || intervals.difference === null ? null : (intervals.method ?? 'bootstrap');

/** How a p value was made, or why there is none. */
export const testBy = (measure: SliceMeasure): string =>
  measure.p === undefined || measure.p === null
    ? untestedBecause(measure).word
    : (measure.test ?? 'paired randomisation');

/** Every measure with its ends, in its own unit: shares from 0 to 1. */
export function measuresTable(measures: readonly Measure[]): ExportTable {
  return {
    columns: [
      ...['measure', 'title', 'unit', 'better', 'baseline', 'candidate', 'difference'],
      ...['difference lower', 'difference upper', 'interval by', 'interval draws'],
      ...['p', 'p by', 'p draws', 'requests'],
    ],
    rows: byAlarm(measures).map((measure) => {
      const { id, title, unit, better, baseline, candidate, difference, intervals, p, requests } = measure;
      const ends = intervals?.difference;
      const sides = [id, title, unit, better, baseline, candidate, difference];
      return sides.concat([
        ends?.lower ?? null,
        ends?.upper ?? null,
        intervalBy(measure),
        intervals?.draws ?? null,
        p ?? null,
        testBy(measure),
        measure.draws ?? null,
        requests,
      ]);
    }),
  };
}
