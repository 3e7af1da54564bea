import type { Interval, Measure } from '../../../shared/domain/replay/report.ts';
import { formatNumber, formatSigned } from '../../components/number.ts';

/** Shares are written in percent, their differences in percentage points; all else in the measure's unit. */
export function measureValue({ unit }: Pick<Measure, 'unit'>, value: number | null): string {
  if (value === null) return '–';
  return unit === 'share' ? `${formatNumber(100 * value, 2)} %` : formatNumber(value, 4);
}

/** Measures of movement have no sides: what they hold is a value, not a change. */
export function measureDifference(measure: Measure): string {
  const { unit, baseline, difference } = measure;
  if (difference === null) return '–';
  if (baseline === null)
    return unit === 'places' ? formatNumber(difference, 2) : measureValue(measure, difference);
  return unit === 'share' ? `${formatSigned(100 * difference, 3)} pp` : formatSigned(difference, 4);
}

/** The ends of an interval of a difference in the unit of the difference, "−0.12 to +0.34", or a dash. */
export function intervalText({ unit, baseline }: Measure, interval: Interval | undefined): string {
  if (interval === null || interval === undefined) return '–';
  const percent = unit === 'share';
  const digits = unit === 'places' ? 2 : percent ? (baseline === null ? 2 : 3) : 4;
  const text = (value: number) => {
    const shown = percent ? 100 * value : value;
    return baseline === null ? formatNumber(shown, digits) : formatSigned(shown, digits);
  };
  return `${text(interval.lower)} to ${text(interval.upper)}`;
}

/** A p value as it is written: below a thousandth only that it is. */
export const pText = (p: number): string => (p < 0.001 ? '< 0.001' : formatNumber(p, 3));
