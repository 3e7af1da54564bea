import type Database from 'better-sqlite3';

interface KeyColumn {
  readonly name: string | null;
  readonly desc: number;
}

/**
 * The index by which the candidates of one request come in ordinal order, quoted for SQL; null where the table has none.
 * The format names the key, not how it is declared: another maker's table can have more indexes, or other ones.
 */
export function candidateOrderIndex(db: Database.Database): string | null {
  const names = db.prepare<[], string>(`SELECT name FROM pragma_index_list('candidate') WHERE NOT partial`);
  const key = db.prepare<[string], KeyColumn>(
    'SELECT name, "desc" FROM pragma_index_xinfo(?) WHERE key ORDER BY seqno LIMIT 2',
  );
  const name = names
    .pluck()
    .all()
    .find((index) => {
      const [first, second] = key.all(index);
      return first?.name === 'request_id' && second?.name === 'ordinal' && second.desc === 0;
    });
  return name === undefined ? null : `"${name.replaceAll('"', '""')}"`;
}
