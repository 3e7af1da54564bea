import { dayStart, type Exposure } from './exposures.ts';

/** Days, in the log's own calendar. Each period ends the day before the next begins; the last day of the log is 2022-04-21. */
export const PERIODS = {
  /** From the first day: history for features and labels, no training rows. */
  history: '2022-04-08',
  /** Training rows. */
  training: '2022-04-10',
  /** The last training days, on which policy weights are chosen before training on all training days. */
  validation: '2022-04-14',
  /** Held out: the requests of the snapshot. Nothing is fitted or chosen on them. */
  heldOut: '2022-04-16',
} as const;

/** The day before the held-out period. */
export const LAST_TRAINING_DAY = '2022-04-15';

/** Exposures whose outcome was known before anything of the held-out period was shown to anyone. */
export function beforeHeldOut(exposures: readonly Exposure[]): Exposure[] {
  const start = dayStart(exposures, PERIODS.heldOut);
  return exposures.filter(({ day, lastShownMs }) => day < PERIODS.heldOut && lastShownMs < start);
}
