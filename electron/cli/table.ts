/** Rows as aligned columns; numbers stand to the right. The first row is the heading. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows)
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  const numeric = widths.map((_, at) => rows.slice(1).every((row) => /^[−-]?[\d.]*$/.test(row[at] ?? '')));
  const pad = (cell: string, at: number): string =>
    numeric[at] === true ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0);
  return rows.map((row) => row.map(pad).join('  ').trimEnd()).join('\n');
}
