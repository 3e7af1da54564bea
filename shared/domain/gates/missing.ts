import { depthsOf } from '../replay/depths.ts';
import type { ReplayReport, SliceMeasure } from '../replay/report.ts';
import type { MeasureGate } from './rules.ts';

/** Why a report does not hold a measure at all, and what to do. */
export function missingMeasure(id: string, report: ReplayReport | null): string {
  if (report === null) return 'There is no replay to judge; replay the release.';
  const depth = /@(\d+)/.exec(id)?.[1];
  const depths = depthsOf(report.settings.topK);
  if (depth !== undefined && !depths.includes(Number(depth)))
    return `The replay measured at ${depths.join(', ')} items, not at ${depth}; replay with ${depth} items per feed.`;
  const [, slicing] = /^parity:[^:]+:(.+)$/.exec(id) ?? [];
  if (slicing !== undefined)
    return `The replay is not sliced by ${slicing.replaceAll('+', ' and ')}; replay it sliced so.`;
  return 'The replay holds no such measure, as its snapshot or its releases lack what it is made from; correct the gate, or replay a snapshot that holds it.';
}

/** Why a measure has no figure, or no interval, to judge by, and what to do. */
export function missingFigure(
  { measure: id, on, judged_on: end }: MeasureGate,
  figures: SliceMeasure,
  report: ReplayReport | null,
): string {
  const value = figures[on];
  if (value !== null && Number.isFinite(value) && end !== 'point')
    return 'The figure has no interval, so nothing tells how sure it is; replay more requests, or judge the point.';
  const unsupported = unsupportedBecause(id, on, report);
  if (unsupported !== null)
    return `Not supported by this log: ${unsupported}; replay a log with more or other propensities.`;
  if (figures.groups !== undefined && figures.groups.compared < 2)
    return `${figures.groups.compared === 0 ? 'No group is' : 'Only one group is'} large enough to be compared; replay more requests.`;
  return 'No request of the replay holds evidence for it; replay a snapshot that does.';
}

function unsupportedBecause(id: string, on: MeasureGate['on'], report: ReplayReport | null): string | null {
  const [, estimator, signal] = /^(ips|snips|dm|dr):(.+)$/.exec(id) ?? [];
  const found = report?.offPolicy?.find((support) => support.signal === signal);
  if (found === undefined || !isEstimator(estimator)) return null;
  if (on !== 'difference') return found[on].unsupported[estimator];
  return found.candidate.unsupported[estimator] ?? found.baseline.unsupported[estimator];
}

const isEstimator = (name: string | undefined): name is 'ips' | 'snips' | 'dm' | 'dr' =>
  name !== undefined && ['ips', 'snips', 'dm', 'dr'].includes(name);
