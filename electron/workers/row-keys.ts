import { RowKeys, type KeyedRow } from '../services/weights/row-keys.ts';
import type { StoredTensor } from '../services/weights/stored-tensor.ts';
import { enveloped } from './envelope.ts';

/** The keys of a table: the tensor that holds them, and how many rows there are. */
export interface KeysOfTable {
  readonly tensor: StoredTensor;
  readonly rows: number;
}

/** Enough for a table in two versions. */
const KEPT = 2;

const read = new Map<string, RowKeys>();

/** A release's files never change, so what was read once stays true. */
function keysOf({ tensor, rows }: KeysOfTable): RowKeys {
  const place = JSON.stringify(tensor.data);
  const keys = read.get(place) ?? RowKeys.read(tensor, rows);
  read.delete(place);
  read.set(place, keys);
  for (const oldest of read.keys()) if (read.size > KEPT) read.delete(oldest);
  return keys;
}

/** The keys of some rows. */
export const keysOfRows = enveloped(
  async ({ keys, rows }: { keys: KeysOfTable; rows: readonly number[] }) => {
    const own = keysOf(keys);
    return rows.map((row) => own.keyOf(row));
  },
);

/** The rows of some keys; null for a key that no row has. */
export const rowsOfKeys = enveloped(async ({ keys, of }: { keys: KeysOfTable; of: readonly string[] }) => {
  const own = keysOf(keys);
  return of.map((key) => own.rowOf(key));
});

export const findRows = enveloped(
  async ({
    keys,
    text,
    offset,
    limit,
  }: {
    keys: KeysOfTable;
    text: string;
    offset: number;
    limit: number;
  }): Promise<{ total: number; rows: KeyedRow[] }> => keysOf(keys).find(text, offset, limit),
);
