import { randomBytes } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { notFound } from '../../../shared/domain/error.ts';
import { TextDigest } from '../../../shared/domain/log/entry.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import { sha256Hex } from '../signoff/digest.ts';
import { WITHHELD, type AskedEntry, type Withholds } from './withheld.ts';

/** A free text of an entry as it stands beside the log; salt and text are null once it was redacted. */
interface KeptText {
  readonly name: string;
  readonly salt: string | null;
  readonly text: string | null;
}

const Rows = z.array(
  z.object({ seq: z.int(), name: z.string(), salt: z.string().nullable(), text: z.string().nullable() }),
);
const Body = z.record(z.string(), z.unknown());

/** The salt keeps a short text from being guessed by its digest once it is gone. */
const digestOf = (salt: string, text: string): string => sha256Hex(salt + text);

/** Replaces free texts by their digests: `body` goes into the leaf, `kept` beside the log. */
export function detachTexts(texts: Readonly<Record<string, string>>): {
  readonly body: Record<string, TextDigest>;
  readonly kept: readonly KeptText[];
} {
  const kept = Object.entries(texts).map(([name, text]) => ({
    name,
    text,
    salt: randomBytes(16).toString('hex'),
  }));
  const body = kept.map(({ name, salt, text }) => [name, { textSha256: digestOf(salt, text) }]);
  return { body: Object.fromEntries(body), kept };
}

export function insertTexts(db: Database, seq: number, kept: readonly KeptText[]): void {
  if (kept.length === 0) return;
  const insert = db.prepare('INSERT INTO log_text (seq, name, salt, text) VALUES (?, ?, ?, ?)');
  for (const { name, salt, text } of kept) insert.run(seq, name, salt, text);
}

/** Takes a text out of the workspace for good; its digest stays in the log. Throws not_found where there is none. */
export function eraseText(db: Database, seq: number, name: string): void {
  const { changes } = db
    .prepare('UPDATE log_text SET salt = NULL, text = NULL WHERE seq = ? AND name = ? AND text IS NOT NULL')
    .run(seq, name);
  if (changes === 0)
    throw notFound(`entry ${seq} of the audit log has no text “${name}” beside it; look at its body`);
}

/** An entry's body as people read it: every text in its place, or a word that it was redacted or is withheld. */
export function bodyWithTexts(
  db: Database,
  entry: AskedEntry & { readonly seq: number },
  withholds: Withholds,
): string {
  const { seq, body } = entry;
  if (!body.includes('"textSha256"')) return body;
  const withheld = withholds(entry);
  const rows = Rows.parse(db.prepare('SELECT seq, name, salt, text FROM log_text WHERE seq = ?').all(seq));
  const texts = rows.map(({ name, text }) => [
    name,
    text === null ? '[redacted]' : withheld ? WITHHELD : text,
  ]);
  return canonicalJson({ ...Body.parse(JSON.parse(body)), ...Object.fromEntries(texts) });
}

/** The texts beside an entry by name, and which of them were redacted. */
export function textsBeside(db: Database, seq: number): { name: string; redacted: boolean }[] {
  return Rows.parse(
    db.prepare('SELECT seq, name, salt, text FROM log_text WHERE seq = ? ORDER BY name').all(seq),
  ).map(({ name, text }) => ({ name, redacted: text === null }));
}

/** What is wrong with the texts beside the log, or null: each has its digest or was redacted by an entry that says so. */
export function textProblem(db: Database): string | null {
  const redacted = new Set(
    z
      .array(z.string())
      .parse(
        db
          .prepare(
            `SELECT (body ->> '$.seq') || ' ' || (body ->> '$.name') FROM log_entry WHERE action = 'log.redact'`,
          )
          .pluck()
          .all(),
      ),
  );
  for (const row of db
    .prepare(
      `SELECT log_entry.seq, key AS name, value AS digest, salt, text
       FROM (SELECT seq, body FROM log_entry WHERE instr(body, '"textSha256"') > 0) AS log_entry, json_each(body)
         LEFT JOIN log_text ON log_text.seq = log_entry.seq AND log_text.name = key
       WHERE type = 'object' ORDER BY log_entry.seq`,
    )
    .iterate()) {
    const { seq, name, digest, salt, text } = TextRow.parse(row);
    const stated = TextDigest.safeParse(JSON.parse(digest));
    if (!stated.success) continue;
    if (salt !== null && text !== null) {
      if (digestOf(salt, text) !== stated.data.textSha256)
        return `the text “${name}” beside entry ${seq} is not the one that was hashed`;
    } else if (!redacted.has(`${seq} ${name}`)) {
      return `the text “${name}” of entry ${seq} is gone, and no entry says that it was redacted`;
    }
  }
  return null;
}

const TextRow = z.object({
  seq: z.int(),
  name: z.string(),
  digest: z.string(),
  salt: z.string().nullable(),
  text: z.string().nullable(),
});
