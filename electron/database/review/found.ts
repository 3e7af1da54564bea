import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { Decision } from '../../../shared/domain/review/decision.ts';
import { searchable } from '../../../shared/domain/review/full-text.ts';
import type { ItemAction } from '../../../shared/domain/review/policy-library.ts';
import { prepared } from '../prepared.ts';
import { parsedJson } from './parsed-json.ts';

/** An action's bit in a decision's `actions`; escalations are the highest, as their index says. */
export const ACTION_BIT: Readonly<Record<ItemAction, number>> = {
  fine: 1,
  demote: 2,
  remove: 4,
  escalate: 8,
};

const Code = z.int().optional();

/** The number that stands for an id or a word in `review_find`; null for one that no decision has. */
export const codeOf = (db: Database, text: string): number | null =>
  Code.parse(prepared(db, 'SELECT code FROM review_code WHERE text = ?').pluck().get(text)) ?? null;

/** The id or word that a number in `review_find` stands for. */
export const textOf = (db: Database, code: number): string =>
  z.string().parse(prepared(db, 'SELECT text FROM review_code WHERE code = ?').pluck().get(code));

function coded(db: Database, text: string): number {
  const known = codeOf(db, text);
  if (known !== null) return known;
  return Number(prepared(db, 'INSERT INTO review_code (text) VALUES (?)').run(text).lastInsertRowid);
}

/** The word that stands for a code among a decision's words. */
export const factWord = (code: number): string => `c${code}`;
export const actionWord = (action: ItemAction): string => `a${action}`;

/** What is found of a decision: numbers, null where it has none. */
interface Facts {
  readonly campaign: number;
  readonly person: number;
  readonly item: number | null;
  readonly policy: number | null;
  readonly verdict: number | null;
}

function factsOf(db: Database, { campaign, person, ruling }: Decision): Facts {
  const item = ruling.kind === 'item';
  const verdict =
    ruling.kind === 'feed' ? ruling.verdict : ruling.kind === 'preference' ? ruling.preferred : null;
  return {
    campaign: coded(db, campaign),
    person: coded(db, person),
    item: item ? coded(db, ruling.itemId) : null,
    policy: item && ruling.policy !== null ? coded(db, ruling.policy) : null,
    verdict: verdict === null ? null : coded(db, verdict),
  };
}

/** Makes a decision findable, by its running number. */
export function makeFindable(db: Database, seq: number, id: string, decision: Decision): void {
  const { at, feed, reverses, ruling } = decision;
  const { actions, severity } = ruling.kind === 'item' ? ruling : { actions: [], severity: null };
  const facts = factsOf(db, decision);
  prepared(
    db,
    `INSERT INTO review_find (seq, at, campaign, feed, person, item, policy, verdict, actions, severity, reversed)
     VALUES (:seq, :at, :campaign, :feed, :person, :item, :policy, :verdict, :actions, :severity,
       EXISTS (SELECT 1 FROM review_decision r WHERE r.reverses = :id))`,
  ).run({
    ...{ ...facts, seq, feed, id, severity, at: Date.parse(at) },
    actions: actions.reduce((bits, action) => bits | ACTION_BIT[action], 0),
  });
  if (reverses !== null)
    prepared(
      db,
      'UPDATE review_find SET reversed = 1 WHERE seq = (SELECT seq FROM review_decision WHERE id = ?)',
    ).run(reverses);
  addWords(db, seq, wordsOf(db, decision, facts));
}

interface Words {
  readonly note: string;
  readonly caption: string;
  readonly facts: string;
}

function wordsOf(db: Database, { ruling, seen }: Decision, facts: Facts): Words {
  const caption =
    ruling.kind === 'item'
      ? prepared(db, 'SELECT caption FROM review_item WHERE item_id = ? AND snapshot_digest = ?')
          .pluck()
          .get(ruling.itemId, seen.snapshot)
      : undefined;
  const codes = Object.values(facts).flatMap((code: number | null) =>
    code === null ? [] : [factWord(code)],
  );
  const actions = ruling.kind === 'item' ? ruling.actions.map(actionWord) : [];
  return {
    note: searchable(ruling.note),
    caption: searchable(typeof caption === 'string' ? caption : ''),
    facts: [...codes, ...actions].join(' '),
  };
}

const addWords = (db: Database, seq: number, words: Words): void => {
  prepared(
    db,
    'INSERT INTO review_text (rowid, note, caption, facts) VALUES (:seq, :note, :caption, :facts)',
  ).run({ ...words, seq });
};

const Row = z.object({ seq: z.int(), id: z.string(), body: parsedJson(Decision) });

/** Finds by their caption the decisions on an item that came before the item did. */
export function captionDecisions(db: Database, itemId: string, snapshot: string): void {
  const item = codeOf(db, itemId);
  if (item === null) return;
  const rows = prepared(
    db,
    'SELECT d.seq, d.id, d.body FROM review_find x JOIN review_decision d ON d.seq = x.seq WHERE x.item = ?',
  ).all(item);
  for (const { seq, body } of z.array(Row).parse(rows)) {
    if (body.seen.snapshot !== snapshot) continue;
    const words = wordsOf(db, body, factsOf(db, body));
    prepared(
      db,
      `INSERT INTO review_text (review_text, rowid, note, caption, facts) VALUES ('delete', :seq, :note, '', :facts)`,
    ).run({ seq, note: words.note, facts: words.facts });
    addWords(db, seq, words);
  }
}

const BATCH = 20_000;
const TOLD_EVERY = 2000;
/** Page cache (KiB) and pages in the log of changes while much is made findable: its indexes are written all over. */
const WIDE = { cache_size: -131_072, wal_autocheckpoint: 32_768 } as const;

/** Makes findable what is not yet, as after a migration: in steps, each of which holds when the next is cut off. */
export function findEverything(db: Database, told: (done: number, total: number) => void = () => {}): void {
  const newest = (table: 'review_decision' | 'review_find') =>
    z.int().parse(db.prepare(`SELECT coalesce(max(seq), 0) FROM ${table}`).pluck().get());
  const missing = db.prepare('SELECT seq, id, body FROM review_decision WHERE seq > ? ORDER BY seq LIMIT ?');
  const total = newest('review_decision');
  if (newest('review_find') >= total) return;
  const before = Object.keys(WIDE).map((name) => [name, db.pragma(name, { simple: true })] as const);
  for (const [name, value] of Object.entries(WIDE)) db.pragma(`${name} = ${value}`);
  while (newest('review_find') < newest('review_decision'))
    db.transaction(() => {
      // read anew inside, because another process may have made them findable meanwhile
      for (const row of missing.all(newest('review_find'), BATCH)) {
        const { seq, id, body } = Row.parse(row);
        if (seq % TOLD_EVERY === 0) told(seq, total);
        makeFindable(db, seq, id, body);
      }
    }).immediate();
  for (const [name, value] of before) db.pragma(`${name} = ${Number(value)}`);
}
