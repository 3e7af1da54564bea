import type { Database } from 'better-sqlite3';
import { entryText } from '../../../shared/domain/log/entry.ts';

/** Rows read at a time; one by one costs a third more, and many more at a time are no faster. */
const BATCH = 256;

/** An entry as the table shows it beside the text that was hashed. */
export interface EntryRow {
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly body: string;
  readonly leaf: string;
  readonly text: string;
}

/**
 * The entries before `until` in order, from `from` on; from 0, also those that stand before the first. In memory that
 * does not grow with the log.
 */
export function* entryRows(
  db: Database,
  from = 0,
  until: number = Number.MAX_SAFE_INTEGER,
): Generator<EntryRow> {
  const read = db
    .prepare(
      `SELECT seq, at, actor, action, subject, body, leaf_hash, entry
       FROM log_entry WHERE seq > ? AND seq < ? ORDER BY seq LIMIT ${BATCH}`,
    )
    .raw();
  for (let after = from === 0 ? Number.MIN_SAFE_INTEGER : from - 1; ;) {
    const rows = read.all(after, until);
    for (const row of rows) {
      const entry = entryOf(row);
      after = entry.seq;
      yield entry;
    }
    if (rows.length < BATCH) return;
  }
}

/** By hand and not by Zod: a million of them in a few seconds. */
function entryOf(row: unknown): EntryRow {
  const [seq, at, actor, action, subject, body, leaf, text] = Array.isArray(row) ? row : [];
  return {
    seq: Number(seq),
    at: String(at),
    actor: String(actor),
    action: String(action),
    subject: String(subject),
    body: String(body),
    leaf: String(leaf),
    text: String(text),
  };
}

/** Whether texts of an entry lie beside the log. */
export const holdsTexts = ({ body }: EntryRow): boolean => body.includes('"textSha256"');

/** The leaf hash kept with the entry before `place`; null for the first. */
export const leafBefore = (db: Database, place: number): string | null => {
  const [leaf] = leafHashes(db, place - 1, place);
  return leaf ?? null;
};

/** The leaf hashes kept with entries `from` to before `until`. */
export const leafHashes = (db: Database, from: number, until: number): string[] =>
  db
    .prepare('SELECT leaf_hash FROM log_entry WHERE seq >= ? AND seq < ? ORDER BY seq')
    .pluck()
    .all(from, until)
    .map(String);

const linkText = (previous: string | null): string => (previous === null ? 'null' : `"${previous}"`);

/**
 * Whether nothing is wrong with an entry: it has the hash `computed` of its text, stands at `place` after the leaf
 * hash `previous`, and its text is in every byte what its columns show. Where it is false, the problems tell what is.
 */
export const isWhole = (entry: EntryRow, place: number, previous: string | null, computed: string): boolean =>
  computed === entry.leaf &&
  entry.seq === place &&
  entry.text === entryText({ ...entry, previous }, entry.body);

/** What is wrong between the columns of an entry, its text and the hash kept with it; null when nothing is. */
export function leafProblem(entry: EntryRow, computed: string): string | null {
  const { seq, body, leaf, text } = entry;
  if (computed !== leaf) return `entry ${seq} was changed: its hash is ${computed}, kept was ${leaf}`;
  const [action, actor, at, subject] = [entry.action, entry.actor, entry.at, entry.subject].map((column) =>
    JSON.stringify(column),
  );
  const shown = text.startsWith(`{"action":${action},"actor":${actor},"at":${at},"body":${body},"previous":`);
  return shown && text.endsWith(`,"seq":${seq},"subject":${subject}}`)
    ? null
    : `entry ${seq} is shown with other words than were hashed`;
}

/** What is wrong between an entry and the one before it; null when nothing is. */
export function linkProblem(
  { seq, subject, text }: EntryRow,
  place: number,
  previous: string | null,
): string | null {
  if (seq !== place) return `entry ${place} is missing; entry ${seq} stands in its place`;
  return text.endsWith(`,"previous":${linkText(previous)},"seq":${seq},"subject":${JSON.stringify(subject)}}`)
    ? null
    : `entry ${seq} does not follow the entry before it`;
}
