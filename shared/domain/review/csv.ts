/** One CSV line (RFC 4180). A cell that a spreadsheet would read as a formula gets an apostrophe before it. */
export const csvLine = (cells: readonly (string | number | null)[]): string =>
  cells.map(cell).join(',') + '\r\n';

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
