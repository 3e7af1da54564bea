import { isDeepStrictEqual } from 'node:util';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { GateResult } from '../../../shared/domain/gates/verdict.ts';
import { ReleaseState } from '../../../shared/domain/release/lifecycle.ts';
import { ReleaseManifest } from '../../../shared/domain/release/manifest.ts';
import { ReplayReport } from '../../../shared/domain/replay/report.ts';
import { DsseEnvelope } from '../../../shared/domain/statements/dsse.ts';
import { Decision } from '../../../shared/domain/statements/signoff-statement.ts';
import { notFound } from '../../../shared/domain/error.ts';
import { readRosterChain, type RosterChain } from './roster-chain.ts';

const json = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);

const ReleaseRow = z.object({ digest: z.string(), manifest: json(ReleaseManifest), state: ReleaseState });
export type StoredRelease = z.infer<typeof ReleaseRow>;

const ReplayRow = z.object({
  id: z.string(),
  created_at: z.string(),
  candidate_digest: z.string(),
  requests: z.int(),
  report: json(ReplayReport),
  report_digest: z.string(),
  gates: json(z.array(GateResult)),
  gates_digest: z.string().nullable(),
});
export type FinishedReplay = z.infer<typeof ReplayRow>;

const StatementRow = z.object({
  digest: z.string(),
  replay_id: z.string().nullable(),
  payload: z.string(),
  gates: json(z.array(GateResult)),
  frozen_at: z.string(),
});
export type FrozenStatement = z.infer<typeof StatementRow>;

const SignoffRow = z.object({
  person: z.string(),
  key_id: z.string(),
  role: z.string(),
  decision: Decision,
  reason: z.string(),
  conditions: z.string(),
  at: z.string(),
  signature: z.string().nullable(),
  envelope: json(DsseEnvelope),
});
export type StoredSignoff = z.infer<typeof SignoffRow>;

export function findRelease(db: Database, digest: string): StoredRelease | null {
  return (
    ReleaseRow.nullish().parse(
      db.prepare('SELECT digest, manifest, state FROM release WHERE digest = ?').get(digest),
    ) ?? null
  );
}

/** Finished replays with a release as candidate, or other bytes of the same name and version, newest first. */
export function finishedReplays(db: Database, candidate: string): FinishedReplay[] {
  const rows = db
    .prepare(
      `SELECT id, created_at, candidate_digest, requests, report, report_digest, gates, gates_digest FROM replay
       WHERE state = 'done' AND report_digest IS NOT NULL AND gates IS NOT NULL
         AND coalesce(json_extract(baseline, '$.kind'), '') <> 'draft' AND candidate_digest IN (
         SELECT other.digest FROM release AS wanted JOIN release AS other USING (name, version) WHERE wanted.digest = ?)
       ORDER BY created_at DESC, id`,
    )
    .all(candidate);
  return z.array(ReplayRow).parse(rows);
}

/** The statement frozen last for a release. One of before statements named the gates that judged is no evidence any more. */
export function newestStatement(db: Database, release: string): FrozenStatement | null {
  const row = db
    .prepare(
      `SELECT digest, replay_id, payload, gates, frozen_at FROM statement
       WHERE release_digest = ? AND payload ->> '$.predicate.gateRules.digest' IS NOT NULL
       ORDER BY frozen_at DESC, rowid DESC LIMIT 1`,
    )
    .get(release);
  return StatementRow.nullish().parse(row) ?? null;
}

export function insertStatement(db: Database, release: string, row: FrozenStatement): void {
  db.prepare(
    'INSERT INTO statement (digest, release_digest, replay_id, payload, gates, frozen_at) VALUES (?, ?, ?, ?, ?, ?)',
  ).run(row.digest, release, row.replay_id, row.payload, JSON.stringify(row.gates), row.frozen_at);
}

/** Keeps a document that a statement names, as it was when the evidence was frozen; in that transaction. */
export function keepDocument(
  db: Database,
  { digest, text }: { readonly digest: string; readonly text: string },
): void {
  db.prepare(
    'INSERT INTO frozen_document (digest, document) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING',
  ).run(digest, text);
}

/** Decisions on a statement in the order they were made. */
export function signoffsOf(db: Database, statement: string): StoredSignoff[] {
  const rows = db
    .prepare(
      `SELECT person, key_id, role, decision, reason, conditions, at, signature, envelope FROM signoff
       WHERE statement_digest = ? ORDER BY id`,
    )
    .all(statement);
  return z.array(SignoffRow).parse(rows);
}

export function insertSignoff(db: Database, statement: string, row: StoredSignoff): void {
  db.prepare(
    `INSERT INTO signoff (statement_digest, person, key_id, role, decision, reason, conditions, at, signature, envelope)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    statement,
    row.person,
    row.key_id,
    row.role,
    row.decision,
    row.reason,
    row.conditions,
    row.at,
    row.signature,
    JSON.stringify(row.envelope),
  );
}

const ActionRow = z.object({ id: z.int(), envelope: json(DsseEnvelope) });
export type StoredAction = z.infer<typeof ActionRow>;

/** What was signed to move a release, in order. */
export const actionsOf = (db: Database, release: string): StoredAction[] =>
  z
    .array(ActionRow)
    .parse(
      db.prepare('SELECT id, envelope FROM release_action WHERE release_digest = ? ORDER BY id').all(release),
    );

export function insertAction(
  db: Database,
  row: {
    readonly release: string;
    readonly action: string;
    readonly at: string;
    readonly envelope: DsseEnvelope;
  },
): void {
  db.prepare('INSERT INTO release_action (release_digest, action, at, envelope) VALUES (?, ?, ?, ?)').run(
    row.release,
    row.action,
    row.at,
    JSON.stringify(row.envelope),
  );
}

/** The release that ranks US feeds now. */
export function releaseInProduction(db: Database): StoredRelease | null {
  const row = db.prepare(`SELECT digest, manifest, state FROM release WHERE state = 'in production'`).get();
  return ReleaseRow.nullish().parse(row) ?? null;
}

export function findStatement(db: Database, digest: string): FrozenStatement | null {
  const row = db
    .prepare('SELECT digest, replay_id, payload, gates, frozen_at FROM statement WHERE digest = ?')
    .get(digest);
  return StatementRow.nullish().parse(row) ?? null;
}

type FoundedRoster = RosterChain & { readonly pin: string; readonly texts: readonly string[] };

/** The roster read last through a connection, so that its signatures are checked once for the same bytes. */
const lastRead = new WeakMap<Database, FoundedRoster>();

/** The workspace's roster; throws not_found while it has none. */
export function workspaceRoster(db: Database): FoundedRoster {
  const roster = foundedRoster(db);
  if (roster !== null) return roster;
  throw notFound('the workspace has no roster, so nobody can sign; found one, or import the one there is');
}

/** The workspace's roster: the first version is pinned by the digest it was imported under. Null while there is none. */
export function foundedRoster(db: Database): FoundedRoster | null {
  const rows = z
    .array(z.object({ version: z.int(), digest: z.string(), envelope: z.string() }))
    .parse(db.prepare('SELECT version, digest, envelope FROM roster ORDER BY version').all());
  const pin = rows[0]?.digest;
  if (pin === undefined) return null;
  const texts = rows.map(({ envelope }) => envelope);
  const last = lastRead.get(db);
  if (last?.pin === pin && isDeepStrictEqual(last.texts, texts)) return last;
  const named = rows.map(({ version, envelope }) => ({ name: `roster version ${version}`, text: envelope }));
  const founded = { ...readRosterChain(named, pin), pin, texts };
  lastRead.set(db, founded);
  return founded;
}
