import type { Measure } from '../../../shared/domain/replay/report.ts';

/** Which of the two feeds a measure speaks for, and whether its interval leaves a doubt. */
export type Tendency =
  'worse' | 'perhaps worse' | 'same' | 'perhaps better' | 'better' | 'movement' | 'no evidence';

/** Perhaps: the interval holds no change, or there are not enough requests for one. Without intervals a measure is taken at its word. */
export function tendencyOf(measure: Measure): Tendency {
  const { better, baseline, difference, intervals } = measure;
  if (difference === null) return 'no evidence';
  if (better === 'neither' || baseline === null) return 'movement';
  const alarm = alarmOf(measure);
  if (alarm === 0) return 'same';
  const ends = intervals?.difference ?? null;
  const sure = intervals === undefined || (ends !== null && (ends.lower > 0 || ends.upper < 0));
  const side = alarm > 0 ? 'worse' : 'better';
  return sure ? side : `perhaps ${side}`;
}

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

const TIERS: Record<Tendency, number> = {
  worse: 0,
  'perhaps worse': 1,
  movement: 2,
  same: 2,
  'no evidence': 2,
  'perhaps better': 3,
  better: 3,
};

/** The most alarming first: what is surely worse, then what may be; equals keep the report's order. */
export const byAlarm = (measures: readonly Measure[]): Measure[] =>
  measures.toSorted((a, b) => TIERS[tendencyOf(a)] - TIERS[tendencyOf(b)] || order(alarmOf(b), alarmOf(a)));

const order = (a: number, b: number): number => (a === b ? 0 : a - b);
