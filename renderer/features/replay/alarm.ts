import type { Measure } from '../../../shared/domain/replay/report.ts';

/**
 * How alarming a measure is: its relative change for the worse, from −∞ (much better) to ∞ (much worse).
 * Measures with no better side, and those without evidence, stand between worse and better ones.
 */
export function alarmOf({ better, baseline, difference }: Measure): number {
  if (difference === null || better === 'neither' || baseline === null) return 0;
  const worse = better === 'higher' ? -difference : difference;
  if (worse === 0) return 0;
  return baseline === 0 ? worse * Infinity : worse / Math.abs(baseline);
}

/** The most alarming first; equals keep the report's order. */
export const byAlarm = (measures: readonly Measure[]): Measure[] =>
  measures.toSorted((a, b) => order(alarmOf(b), alarmOf(a)));

const order = (a: number, b: number): number => (a === b ? 0 : a - b);
