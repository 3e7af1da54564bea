import type { Interval, IntervalMethod, Measure } from '../../../shared/domain/replay/report.ts';
import { leastPOf } from '../../../shared/domain/replay/least-p.ts';
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

/** A p value as it is written: "≤" where it is the least its draws can show, else below a thousandth only that it is. */
export function pText(measure: Pick<Measure, 'p' | 'draws' | 'test'>): string {
  const { p } = measure;
  if (p === null || p === undefined) return '–';
  const least = leastPOf(measure);
  if (least !== null) return `≤ ${formatNumber(least, 3)}`;
  return p < 0.001 ? '< 0.001' : formatNumber(p, 3);
}

/** How an interval was made where requests were not simply drawn anew: a word beside the number, and what it means. */
const METHODS: Readonly<Record<IntervalMethod, { readonly word: string; readonly meaning: string }>> = {
  'cluster bootstrap': {
    word: 'users drawn',
    meaning: 'Users were drawn anew, each with all their requests (cluster bootstrap)',
  },
  'delete-a-group jackknife': {
    word: 'jackknife',
    meaning:
      'It is no mean over requests: 32 groups of requests were left out in turn (delete-a-group jackknife, Student’s t)',
  },
  'incidence variance': {
    word: 'item counts',
    meaning:
      'It is no mean over requests: worked out from how many requests show each item (variance of a count of distinct items)',
  },
};

/** null: requests were drawn anew, as the head of the column says. */
export function methodOf({
  intervals,
}: Pick<Measure, 'intervals'>): { word: string; meaning: string } | null {
  const method = intervals?.method;
  return method === undefined || intervals?.difference === null ? null : METHODS[method];
}
