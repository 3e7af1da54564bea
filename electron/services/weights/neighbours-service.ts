import type { ServiceApi } from '../../../shared/contract/index.ts';
import type { NearRow, neighbours as channels } from '../../../shared/contract/neighbours.ts';
import type { Neighbour } from '../../../shared/domain/weights/neighbours.ts';
import type { ServiceContext } from '../context.ts';
import { refOf } from '../replay/ranker.ts';
import { nearestRows } from './neighbours.ts';
import { numberedRows } from './numbered-rows.ts';
import { sameRow } from './same-row.ts';
import { findTable, getTable, tablesOf, type WeightsTable } from './tables.ts';

const NEAREST = 10;

interface Found {
  readonly table: WeightsTable;
  readonly nearest: readonly Neighbour[];
  /** By neighbour; null where the table has no keys. */
  readonly keys: readonly (string | null)[] | null;
}

/** Rows of a release's tables and what lies near them, here and in another release. */
export function neighboursService({
  bundles,
  weightsPool: pool,
}: ServiceContext): Pick<ServiceApi<'weights'>, keyof typeof channels> {
  const { signal } = new AbortController();

  async function near(table: WeightsTable, row: number): Promise<Found> {
    const nearest = await nearestRows(table.tensor, row, NEAREST, pool, signal);
    const rows = nearest.map((neighbour) => neighbour.row);
    return {
      table,
      nearest,
      keys: table.keys === null ? null : await pool.run('keysOfRows', { keys: table.keys, rows }),
    };
  }

  return {
    tables: async ({ release }) =>
      tablesOf(await bundles.get(release)).map(({ tensor: { name, dtype }, shape, keys }) => ({
        name,
        dtype,
        rows: shape.rows,
        columns: shape.columns,
        keyed: keys !== null,
      })),
    async tableRows({ release, table: name, q, offset, limit }) {
      const { keys, shape } = getTable(await bundles.get(release), name);
      const { total, rows } =
        keys === null
          ? numberedRows(shape.rows, q, offset, limit)
          : await pool.run('findRows', { keys, text: q, offset, limit });
      return { total, offset, rows };
    },
    async neighbours({ release, table: name, row, against }) {
      const table = getTable(await bundles.get(release), name);
      const here = await near(table, row);
      const [key = null] =
        table.keys === null ? [] : await pool.run('keysOfRows', { keys: table.keys, rows: [row] });
      if (against === null) return { row, key, nearest: nearRows(here, null), former: null };
      const bundle = await bundles.get(against);
      const other = findTable(bundle, name);
      const same = await sameRow(table, row, other, pool);
      if (other === null || 'missing' in same) {
        const missing = 'missing' in same ? same.missing : null;
        const former = { release: refOf(bundle), missing, nearest: [], overlap: null };
        return { row, key, nearest: nearRows(here, null), former };
      }
      const there = await near(other, same.row);
      const most = Math.max(here.nearest.length, there.nearest.length);
      const nearest = nearRows(here, there);
      const both = nearest.filter(({ inBoth }) => inBoth === true).length;
      return {
        row,
        key,
        nearest,
        former: {
          release: refOf(bundle),
          missing: null,
          nearest: nearRows(there, here),
          overlap: most === 0 ? null : both / most,
        },
      };
    },
  };
}

/** Neighbours with their keys, and whether the other version has them too. */
function nearRows({ nearest, keys }: Found, other: Found | null): NearRow[] {
  const names = (found: Found) => found.nearest.map(({ row }, at) => found.keys?.[at] ?? row);
  const there = other === null ? null : new Set<string | number>(names(other));
  return nearest.map(({ row, cosine }, at) => {
    const key = keys?.[at] ?? null;
    return { row, key, cosine, inBoth: there === null ? null : there.has(key ?? row) };
  });
}
