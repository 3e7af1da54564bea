import { leastPOf } from '../../shared/domain/replay/least-p.ts';
import type { Interval, Intervals, Measure, ReplayReport } from '../../shared/domain/replay/report.ts';
import { table } from './table.ts';

/** A report as a terminal shows it. */
export function reportText(report: ReplayReport, out: string): string {
  const { baseline, candidate, snapshot, requests, measures } = report;
  const row = (measure: Measure): string[] => [
    measure.title,
    sure(measure.baseline, measure.intervals?.baseline),
    sure(measure.candidate, measure.intervals?.candidate),
    measure.difference === null ? missing(measure) : sure(measure.difference, measure.intervals?.difference),
    pText(measure),
    measure.draws === undefined ? '' : `${measure.test ?? 'randomisation'}, ${measure.draws}`,
    measure.difference === null ? '' : madeBy(measure.intervals),
  ];
  return [
    `${candidate.name} ${candidate.version} against ${baseline.name} ${baseline.version} on ${snapshot.name}: ${requests} requests.`,
    '',
    table([HEAD, ...measures.map(row)]),
    '',
    'In brackets: 95 % intervals. ≤: the least p that so many draws can show. Each p is of its measure alone.',
    '',
    ...unsupportedText(report),
    `${out} is written.`,
  ].join('\n');
}

const ESTIMATORS = ['ips', 'snips', 'dm', 'dr'] as const;

/** An estimate that the log does not support is never a number. */
const missing = ({ id }: Measure): string =>
  ESTIMATORS.some((name) => id.startsWith(`${name}:`)) ? 'not supported by this log' : 'no evidence';

/** Why estimates are not supported, each reason once with those it is about. */
function unsupportedText({ offPolicy = [] }: ReplayReport): string[] {
  const because = new Map<string, string[]>();
  for (const { signal, baseline, candidate } of offPolicy)
    for (const name of ESTIMATORS) {
      const [reason, side] =
        candidate.unsupported[name] === null
          ? [baseline.unsupported[name], 'baseline']
          : [candidate.unsupported[name], 'candidate'];
      if (reason === null) continue;
      const why = `of the ${side}, ${reason}`;
      because.set(why, [...(because.get(why) ?? []), `${name}:${signal}`]);
    }
  if (because.size === 0) return [];
  return [
    ...Array.from(because, ([why, ids]) => `Not supported by this log (${why}): ${ids.join(', ')}.`),
    '',
  ];
}

const HEAD = ['measure', 'baseline', 'candidate', 'difference', 'p', 'p by, draws', 'interval by, draws'];

function pText(measure: Measure): string {
  if (measure.p === undefined || measure.p === null) return '';
  const least = leastPOf(measure);
  return least === null ? measure.p.toFixed(3) : `≤ ${least.toFixed(3)}`;
}

/** How an interval was made, for example "bootstrap, 1000" or "delete-a-group jackknife". */
function madeBy(intervals: Intervals | undefined): string {
  if (intervals === undefined) return '';
  const { method = 'bootstrap', draws } = intervals;
  return draws === undefined ? method : `${method}, ${draws}`;
}

/** A figure with its 95 % interval, for example "0.412 (0.405 to 0.419)". */
function sure(value: number | null, interval: Interval | undefined): string {
  if (value === null) return '';
  const figure = (number: number): string => number.toFixed(3).replace('-', '−');
  if (interval === undefined || interval === null) return figure(value);
  return `${figure(value)} (${figure(interval.lower)} to ${figure(interval.upper)})`;
}
