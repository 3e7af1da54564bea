import type { WeightsPool } from '../../workers/weights-pool.ts';
import type { WeightsTable } from './tables.ts';

/** The same row in another version of a table, or why there is none. */
export type SameRow = { readonly row: number } | { readonly missing: string };

/** Finds a row of `table` in `other`: by its key where both have keys, by its number where neither has. */
export async function sameRow(
  table: WeightsTable,
  row: number,
  other: WeightsTable | null,
  pool: WeightsPool,
): Promise<SameRow> {
  if (other === null) return { missing: 'That release has no table of this name.' };
  if (table.keys === null && other.keys === null) {
    const [here, there] = [table.shape.rows, other.shape.rows];
    if (here === there) return { row };
    return {
      missing: `The table has ${there} rows there and ${here} here, and no keys tell which are the same.`,
    };
  }
  if (table.keys === null || other.keys === null)
    return { missing: 'Only one of the two releases gives keys to the rows of this table.' };
  const [key = null] = await pool.run('keysOfRows', { keys: table.keys, rows: [row] });
  if (key === null) return { missing: 'This row has no key.' };
  const [found = null] = await pool.run('rowsOfKeys', { keys: other.keys, of: [key] });
  return found === null ? { missing: `No row has the key ${key} there.` } : { row: found };
}
