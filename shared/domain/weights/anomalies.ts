import type { TensorStatistics } from './statistics.ts';

/** What can make a tensor suspicious, the gravest first. */
export const ANOMALIES = [
  'NaN',
  'infinite',
  'all zero',
  'constant',
  'dead rows',
  'dead columns',
  'outlying rows',
] as const;
export type AnomalyKind = (typeof ANOMALIES)[number];

export interface Anomaly {
  readonly kind: AnomalyKind;
  /** With its count or value: "3 dead rows". */
  readonly text: string;
}

/** What is judged: statistics as they were found, or as they were kept. */
interface Judged {
  readonly values: number;
  readonly zeros: number;
  readonly nans: number;
  readonly infinities: number;
  readonly spread: { readonly min: number | null; readonly max: number | null } | null;
  readonly rows: {
    readonly deadRows: number;
    readonly deadColumns: number;
    readonly outliers: number;
  } | null;
}

/** What makes a tensor suspicious, the gravest first. */
export function anomaliesOf({ nans, infinities, zeros, values, spread, rows }: Judged): Anomaly[] {
  const found: Anomaly[] = [];
  if (nans > 0) found.push({ kind: 'NaN', text: `${nans} NaN` });
  if (infinities > 0) found.push({ kind: 'infinite', text: `${infinities} infinite` });
  if (values > 0 && zeros === values) found.push({ kind: 'all zero', text: 'all zero' });
  else if (values > 1 && spread !== null && spread.min === spread.max && nans + infinities === 0)
    found.push({ kind: 'constant', text: `constant ${spread.min}` });
  else if (rows !== null) {
    if (rows.deadRows > 0) found.push({ kind: 'dead rows', text: counted(rows.deadRows, 'dead row') });
    if (rows.deadColumns > 0)
      found.push({ kind: 'dead columns', text: counted(rows.deadColumns, 'dead column') });
    if (rows.outliers > 0)
      found.push({ kind: 'outlying rows', text: counted(rows.outliers, 'outlying row') });
  }
  return found;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

export const anomalies = (statistics: TensorStatistics): string[] =>
  anomaliesOf(statistics).map(({ text }) => text);

/** Orders the gravest kind first; what is not suspicious comes last. */
export function gravity(kinds: readonly AnomalyKind[]): number {
  const [gravest] = kinds;
  return gravest === undefined ? ANOMALIES.length : ANOMALIES.indexOf(gravest);
}
