import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { PolicyDraft } from '../../../shared/contract/weights.ts';
import { notFound } from '../../../shared/domain/error.ts';

const Json = z.string().transform((text): unknown => JSON.parse(text));

const Stored = PolicyDraft.omit({ policy: true, changes: true, createdAt: true, release: true }).extend({
  release_digest: z.string(),
  policy: Json.pipe(PolicyDraft.shape.policy),
  changes: Json.pipe(PolicyDraft.shape.changes),
  created_at: z.string(),
});

function draft(value: unknown): PolicyDraft {
  const { release_digest: release, created_at: createdAt, ...rest } = Stored.parse(value);
  return { ...rest, release, createdAt };
}

const COLUMNS = 'id, name, release_digest, digest, policy, changes, created_at';

/** The drafts that were made from a release, newest first. */
export function listDrafts(db: Database, release: string): PolicyDraft[] {
  return db
    .prepare(
      `SELECT ${COLUMNS} FROM policy_draft WHERE release_digest = ? ORDER BY created_at DESC, rowid DESC`,
    )
    .all(release)
    .map(draft);
}

export function getDraft(db: Database, id: string): PolicyDraft {
  const row = db.prepare(`SELECT ${COLUMNS} FROM policy_draft WHERE id = ?`).get(id);
  if (row === undefined)
    throw notFound(`The workspace holds no policy draft ${id}; it may have been removed.`);
  return draft(row);
}

export function insertDraft(
  db: Database,
  { id, name, release, digest, policy, changes, createdAt }: PolicyDraft,
): void {
  db.prepare(
    `INSERT INTO policy_draft (id, name, release_digest, digest, policy, changes, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(id, name, release, digest, JSON.stringify(policy), JSON.stringify(changes), createdAt);
}

export function deleteDraft(db: Database, id: string): void {
  db.prepare('DELETE FROM policy_draft WHERE id = ?').run(id);
}
