import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { GateVersion } from '../../../shared/contract/gates.ts';

const Rows = z.array(
  GateVersion.omit({ savedAt: true })
    .extend({ saved_at: z.string() })
    .transform(({ saved_at: savedAt, ...version }): GateVersion => ({ ...version, savedAt })),
);

/** Every version that was put in force, newest first. */
export const gateVersions = (db: Database): GateVersion[] =>
  Rows.parse(
    db
      .prepare('SELECT revision, digest, text, saved_at, actor, reason FROM gate_version ORDER BY seq DESC')
      .all(),
  );

export function insertGateVersion(db: Database, version: GateVersion): void {
  const { revision, digest, text, savedAt, actor, reason } = version;
  db.prepare(
    'INSERT INTO gate_version (revision, digest, text, saved_at, actor, reason) VALUES (?, ?, ?, ?, ?, ?)',
  ).run(revision, digest, text, savedAt, actor, reason);
}
