import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { BatchRow } from '../../../shared/contract/review/bulk.ts';
import { notFound } from '../../../shared/domain/error.ts';
import { parsedJson } from './parsed-json.ts';
import { READABLE, type Reader } from './sealed.ts';

/** A bulk action: what it decided, and the batch it takes back. */
export interface Batch {
  readonly id: string;
  readonly person: string;
  readonly at: string;
  readonly title: string;
  readonly decisions: readonly string[];
  readonly undoes: string | null;
}

export function insertBatch(db: Database, { id, person, at, title, decisions, undoes }: Batch): void {
  db.prepare(
    'INSERT INTO review_batch (id, person, at, title, decisions, undoes) VALUES (?, ?, ?, ?, ?, ?)',
  ).run(id, person, at, title, JSON.stringify(decisions), undoes);
}

const Row = z.object({
  id: z.string(),
  person: z.string(),
  at: z.string(),
  title: z.string().nullable(),
  decisions: z.int(),
  undoes: z.string().nullable(),
  undoneBy: z.string().nullable(),
});

/** SQL that holds for a batch `b` whose words :reader may read: their own, and those of feeds that are not sealed. */
const TOLD = `(:reader IS NULL OR b.person = :reader OR NOT EXISTS (SELECT 1 FROM review_sealed_feed)
  OR NOT EXISTS (SELECT 1 FROM json_each(b.decisions) j CROSS JOIN review_decision d ON d.id = j.value
    WHERE NOT ${READABLE}))`;

const ROWS = `SELECT id, person, at, CASE WHEN ${TOLD} THEN title END AS title,
  json_array_length(decisions) AS decisions, undoes,
  (SELECT id FROM review_batch u WHERE u.undoes = b.id) AS undoneBy FROM review_batch b`;

/** Every batch, newest first, with the words that a reader may read. */
export const listBatches = (db: Database, reader: Reader): BatchRow[] =>
  z.array(Row).parse(db.prepare(`${ROWS} ORDER BY at DESC, id`).all({ reader }));

export function getBatch(db: Database, id: string): BatchRow & { readonly ids: string[] } {
  const row = db.prepare(`${ROWS} WHERE id = :id`).get({ id, reader: null });
  if (row === undefined) throw notFound('There is no such batch; read the list again.');
  const ids = db.prepare('SELECT decisions FROM review_batch WHERE id = ?').pluck().get(id);
  return { ...Row.parse(row), ids: parsedJson(z.array(z.string())).parse(ids) };
}
