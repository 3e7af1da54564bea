import type { Measure } from '../../../shared/domain/replay/report.ts';

/** Which way is right on the axis: what favours the candidate, or merely more. */
export type Sense = 'favour' | 'amount';

/** A change as a share of the baseline's value; in the sense of favour, above 0 favours the candidate. */
export interface Change {
  readonly point: number;
  readonly lower: number | null;
  readonly upper: number | null;
}

/**
 * A measure's difference on the one axis that all share; null where there is no evidence, no side that it could
 * favour, or no value of one feed alone. From a baseline of 0 any change is infinite.
 */
export function changeOf({ better, baseline, difference, intervals }: Measure, sense: Sense): Change | null {
  if (baseline === null || difference === null) return null;
  if (sense === 'favour' && better === 'neither') return null;
  const turn = sense === 'favour' && better === 'lower' ? -1 : 1;
  const share = (value: number): number =>
    value === 0 ? 0 : baseline === 0 ? turn * value * Infinity : (turn * value) / Math.abs(baseline);
  const ends = intervals?.difference ?? null;
  if (ends === null) return { point: share(difference), lower: null, upper: null };
  const [a, b] = [share(ends.lower), share(ends.upper)];
  return { point: share(difference), lower: Math.min(a, b), upper: Math.max(a, b) };
}

const STEPS = [0.02, 0.05, 0.1, 0.2, 0.5, 1];

/** Half the width of the axis: the least round share that holds nine points in ten, so that one freak hides no other. */
export function axisOf(changes: readonly Change[]): number {
  const sizes = changes
    .map(({ point }) => Math.abs(point))
    .filter(Number.isFinite)
    .toSorted((a, b) => a - b);
  const most = sizes[Math.floor(0.9 * (sizes.length - 1))] ?? 0;
  return STEPS.find((step) => step >= 1.1 * most) ?? 1;
}
