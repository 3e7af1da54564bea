import { badInput } from '../../../shared/domain/error.ts';
import { openBytes } from './stored-bytes.ts';
import type { StoredTensor } from './stored-tensor.ts';

const KEYS = '.keys';
const WIDTHS = { I64: 8, U64: 8, I32: 4, U32: 4 } as const;

/** A row of a table by its key. */
export interface KeyedRow {
  readonly row: number;
  readonly key: string;
}

/** The tensor that names the rows of `table`: it stands in the same file and is called as the table with ".keys" behind. */
export const keysTensorOf = (
  table: StoredTensor,
  byName: ReadonlyMap<string, StoredTensor>,
): StoredTensor | null => byName.get(`${table.name}${KEYS}`) ?? null;

export const isKeysTensor = ({ name }: StoredTensor): boolean => name.endsWith(KEYS);

/**
 * The keys of a table's rows, in order: whole numbers (I64, U64, I32, U32, one for each row), or UTF-8 text (U8) of
 * one line for each row. Refuses keys that are not one for each row, and a key that two rows share.
 */
export class RowKeys {
  readonly #keys: readonly string[];
  readonly #rows: ReadonlyMap<string, number>;

  private constructor(keys: readonly string[], name: string) {
    this.#keys = keys;
    this.#rows = new Map(keys.map((key, row) => [key, row]));
    if (this.#rows.size === keys.length) return;
    const twice = keys.findIndex((key, row) => this.#rows.get(key) !== row);
    throw badInput(`Tensor "${name}" gives the key "${keys[twice]}" to two rows; give each row its own.`);
  }

  /** Reads the keys of a table of `rows` rows. */
  static read(tensor: StoredTensor, rows: number): RowKeys {
    const keys = tensor.dtype === 'U8' ? lines(bytesOf(tensor)) : numbers(tensor);
    if (keys.length !== rows)
      throw badInput(
        `Tensor "${tensor.name}" holds ${keys.length} keys for a table of ${rows} rows; give each row one.`,
      );
    return new RowKeys(keys, tensor.name);
  }

  keyOf(row: number): string | null {
    return this.#keys[row] ?? null;
  }

  rowOf(key: string): number | null {
    return this.#rows.get(key) ?? null;
  }

  /** Rows whose key contains `text`, in order of row; the row whose key is `text` comes first. */
  find(text: string, offset: number, limit: number): { total: number; rows: KeyedRow[] } {
    const exact = this.rowOf(text);
    const wanted = text.toLowerCase();
    const found: KeyedRow[] = exact === null ? [] : [{ row: exact, key: text }];
    for (const [row, key] of this.#keys.entries())
      if (row !== exact && key.toLowerCase().includes(wanted)) found.push({ row, key });
    return { total: found.length, rows: found.slice(offset, offset + limit) };
  }
}

function numbers({ dtype, name, ...tensor }: StoredTensor): string[] {
  if (dtype !== 'I64' && dtype !== 'U64' && dtype !== 'I32' && dtype !== 'U32')
    throw badInput(`Tensor "${name}" holds ${dtype}; keys are whole numbers, or text as U8, one line a row.`);
  const width = WIDTHS[dtype];
  const view = new DataView(bytesOf({ dtype, name, ...tensor }).buffer);
  const read = {
    I64: (at: number) => view.getBigInt64(at, true),
    U64: (at: number) => view.getBigUint64(at, true),
    I32: (at: number) => view.getInt32(at, true),
    U32: (at: number) => view.getUint32(at, true),
  }[dtype];
  return Array.from({ length: tensor.elements }, (_, at) => String(read(at * width)));
}

function bytesOf(tensor: StoredTensor): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(tensor.bytes);
  const stored = openBytes(tensor);
  try {
    stored.read(0, bytes);
  } finally {
    stored.close();
  }
  return bytes;
}

const lines = (bytes: Uint8Array): string[] => new TextDecoder().decode(bytes).replace(/\n$/, '').split('\n');
