import type { Measure } from '../../../shared/domain/replay/report.ts';
import { formatNumber, formatSigned } from '../../components/number.ts';

/** Shares are written in percent, their differences in percentage points; all else in the measure's unit. */
export function measureValue({ unit }: Measure, value: number | null): string {
  if (value === null) return '–';
  return unit === 'share' ? `${formatNumber(100 * value, 2)} %` : formatNumber(value, 4);
}

/** Measures of movement have no sides: what they hold is a value, not a change. */
export function measureDifference(measure: Measure): string {
  const { unit, baseline, difference } = measure;
  if (difference === null) return '–';
  if (baseline === null)
    return unit === 'places' ? formatNumber(difference, 2) : measureValue(measure, difference);
  return unit === 'share' ? `${formatSigned(100 * difference, 2)} pp` : formatSigned(difference, 4);
}
