import { z } from 'zod';
import { RankerRef } from '../domain/replay/report.ts';
import { channel, page, PageRequest } from './channel.ts';

/** A tensor that is read as rows: an embedding table, or the matrix of a layer. */
export const TableRow = z.object({
  name: z.string(),
  dtype: z.string(),
  rows: z.int(),
  columns: z.int(),
  /** Whether the bundle names the rows. */
  keyed: z.boolean(),
});
export type TableRow = z.infer<typeof TableRow>;

const Row = z.object({ row: z.int(), key: z.string().nullable() });

export const NearRow = Row.extend({
  cosine: z.number(),
  /** Whether the other version has it among its nearest, too; null where none is compared. */
  inBoth: z.boolean().nullable(),
});
export type NearRow = z.infer<typeof NearRow>;

export const Neighbourhood = Row.extend({
  nearest: z.array(NearRow),
  /** The same row in the other release; null where none is compared. */
  former: z
    .object({
      release: RankerRef,
      /** Why there is nothing to compare, in a sentence; null where there is. */
      missing: z.string().nullable(),
      nearest: z.array(NearRow),
      /** Share of the nearest that both versions have; null where there is nothing to compare. */
      overlap: z.number().nullable(),
    })
    .nullable(),
});
export type Neighbourhood = z.infer<typeof Neighbourhood>;

const InTable = z.object({ release: z.string(), table: z.string() });

/** Rows of tables and what lies near them. */
export const neighbours = {
  tables: channel(z.object({ release: z.string() }), z.array(TableRow)),
  /** Rows whose key contains `q`, the row of exactly that key first; where rows have no keys, `q` is the start of a row number. */
  tableRows: channel(InTable.extend({ ...PageRequest.shape, q: z.string() }), page(Row)),
  /** The ten rows nearest to one by cosine, here and in `against`. */
  neighbours: channel(
    InTable.extend({ row: z.int().nonnegative(), against: z.string().nullable() }),
    Neighbourhood,
  ),
};
