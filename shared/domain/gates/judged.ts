import type { GateResult, Verdict } from './verdict.ts';

/** What judging one gate finds. */
export type Judged = Pick<
  GateResult,
  'rule' | 'threshold' | 'measured' | 'verdict' | 'missing' | 'interval' | 'unit'
>;

/** A verdict on what was measured; where nothing was, none, with why and what to do. */
export const judged = <Measured>(
  measured: Measured | null,
  passes: (measured: Measured) => boolean,
  missing: string,
): { readonly measured: Measured | null; readonly verdict: Verdict; readonly missing?: string } =>
  measured === null
    ? { measured, verdict: 'no evidence', missing }
    : { measured, verdict: passes(measured) ? 'pass' : 'fail' };

/** The number, or null where it is none. */
export const finite = (value: number | null | undefined): number | null =>
  value === undefined || value === null || !Number.isFinite(value) ? null : value;
