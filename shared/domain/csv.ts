export type Cell = string | number | null;

/** A table as CSV (RFC 4180). */
export const csv = (rows: readonly (readonly Cell[])[]): string => rows.map(csvLine).join('');

/** One CSV line. Text that a spreadsheet would read as a formula gets an apostrophe before it. */
export const csvLine = (cells: readonly Cell[]): string => cells.map(csvCell).join(',') + '\r\n';

function csvCell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
