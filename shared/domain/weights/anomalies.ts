import type { TensorStatistics } from './statistics.ts';

/** What makes a tensor suspicious, the gravest first. */
export function anomalies({ nans, infinities, zeros, values, spread, rows }: TensorStatistics): string[] {
  const found: string[] = [];
  if (nans > 0) found.push(`${nans} NaN`);
  if (infinities > 0) found.push(`${infinities} infinite`);
  if (values > 0 && zeros === values) found.push('all zero');
  else if (values > 1 && spread !== null && spread.min === spread.max && nans + infinities === 0)
    found.push(`constant ${spread.min}`);
  else {
    if (rows !== null && rows.deadRows > 0) found.push(`${rows.deadRows} dead rows`);
    if (rows !== null && rows.deadColumns > 0) found.push(`${rows.deadColumns} dead columns`);
    if (rows !== null && rows.outliers > 0) found.push(`${rows.outliers} rows of outlying norm`);
  }
  return found;
}
