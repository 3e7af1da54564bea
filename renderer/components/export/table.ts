import { csv, type Cell } from '../../../shared/domain/csv.ts';

/** What a figure shows as plain cells: the base of its table view and of its exports. Numbers are not rounded. */
export interface ExportTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

export const csvOf = ({ columns, rows }: ExportTable): string => csv([columns, ...rows]);

/** One object a row, named by the columns, with what the figure is about and where it comes from. */
export function jsonOf({ columns, rows }: ExportTable, about: { title: string; source: string }): string {
  const objects = rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at] ?? null])));
  return `${JSON.stringify({ ...about, rows: objects }, null, 2)}\n`;
}

/** A file name's stem of words: letters, digits, dots and dashes. */
export const fileStem = (words: string): string =>
  words
    .toLowerCase()
    .replaceAll(/[^a-z0-9.@]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
