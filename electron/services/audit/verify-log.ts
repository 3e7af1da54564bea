import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { Verification, VerificationStep } from '../../../shared/contract/signoff.ts';
import { Frontier } from '../../../shared/domain/log/merkle.ts';
import { sha256, sha256Hex } from '../signoff/digest.ts';
import { noteVerifier, type NoteVerifier } from './checkpoint-key.ts';
import { CHUNK, joinedRoots, type CheckedRange } from './checked-range.ts';
import {
  entryRows,
  holdsTexts,
  isWhole,
  leafBefore,
  leafHashes,
  leafProblem,
  linkProblem,
} from './entry-rows.ts';
import { inStatements, KeptHeads, witnessed } from './kept-heads.ts';
import { textProblem } from './texts.ts';

/** Of a long log the newest heads and every n-th before are checked; all of them as soon as anything is wrong. */
const NEWEST_HEADS = 1024;
const EVERY_HEAD = 1024;
const TELL_EVERY = 1024;

type Seen = (entries: number) => void;

export interface Manner {
  /** Checks every head of a long log too. */
  readonly everyHead?: boolean;
  /** What was checked already, by `checkRange` on the same log; taken on trust, and from the first entry on. */
  readonly ranges?: readonly CheckedRange[];
  /** Hears now and then how many entries were checked; what it throws ends the verification. */
  readonly onEntries?: Seen;
}

const HeadRow = z.object({ size: z.int(), root: z.string(), note: z.string() });
type HeadRow = z.infer<typeof HeadRow>;

/**
 * Recomputes a log from its entries: every leaf hash, the link of each to the one before, the root and signature of
 * the newest heads under `key`, and every head that went elsewhere: into statements that people signed, and to others
 * who brought it back. Each step names the first entry or head at fault. One pass, and memory that does not grow with
 * the log. Which heads of a long log were checked stands in the answer; `everyHead` checks all of them, at a tenth of a
 * millisecond each for its signature. Leaving some out gives no forger room: the newest head covers every entry, and an
 * older one that nobody holds elsewhere convinces nobody.
 */
export function verifyLog(
  db: Database,
  key: string,
  { everyHead = false, ranges = [], onEntries = () => {} }: Manner = {},
): Verification {
  // One transaction: what another program appends meanwhile is not seen by one step and missed by another.
  return db.transaction(() => {
    if (joinedRoots(ranges) === null) return pass(db, key, true, [], onEntries);
    const quick = pass(db, key, everyHead, ranges, onEntries);
    return quick.ok || (everyHead && ranges.length === 0) ? quick : pass(db, key, true, [], onEntries);
  })();
}

function pass(
  db: Database,
  key: string,
  everyHead: boolean,
  ranges: readonly CheckedRange[],
  onEntries: Seen,
): Verification {
  const verifier = noteVerifier(key);
  const heads = new Heads(db, verifier, everyHead);
  const signedOver = new KeptHeads(inStatements(db, key, verifier), verifier);
  const witnesses = new KeptHeads(witnessed(db), verifier);
  const frontier = new Frontier(sha256);
  let previous: string | null = null;
  let badLeaf: string | null = null;
  let badLink: string | null = null;
  let texts = 0;
  const root = (): string => rootText(frontier);
  const compare = (): void => {
    heads.compare(frontier);
    signedOver.compare(frontier.size, root);
    witnesses.compare(frontier.size, root);
  };
  for (const joined of joinedRoots(ranges) ?? []) {
    const [from, until] = [frontier.size, frontier.size + CHUNK];
    if (heads.before(until) || signedOver.within(from, until) || witnesses.within(from, until))
      for (const leaf of leafHashes(db, from, until)) {
        frontier.append(Buffer.from(leaf, 'hex'));
        compare();
      }
    else {
      frontier.append(joined, CHUNK);
      compare();
    }
  }
  previous = leafBefore(db, frontier.size);
  for (const range of ranges) texts += range.texts;
  for (const entry of entryRows(db, frontier.size)) {
    // The leaf hash of RFC 6962, in one call straight from the text: there are a million of them.
    const computed = sha256Hex(`\0${entry.text}`);
    if (!isWhole(entry, frontier.size, previous, computed)) {
      badLeaf ??= leafProblem(entry, computed);
      badLink ??= linkProblem(entry, frontier.size, previous);
    }
    if (holdsTexts(entry)) texts += 1;
    frontier.append(Buffer.from(computed, 'hex'));
    compare();
    previous = computed;
    if (frontier.size % TELL_EVERY === 0) onEntries(frontier.size);
  }
  const size = frontier.size;
  const newest = heads.end(size);
  const steps: VerificationStep[] = [
    step(
      'Entries',
      `${size} entries`,
      'their leaf hashes (RFC 6962)',
      badLeaf,
      'every entry has the hash kept with it',
    ),
    step(
      'Chain',
      `${size} links`,
      'the leaf hash of the entry before',
      badLink,
      'none is missing, added or moved',
    ),
    step(
      'Heads',
      heads.what,
      `C2SP checkpoints of ${key}`,
      heads.badSignature,
      heads.whole ? 'every signature is good' : 'every signature that was checked is good',
    ),
    step(
      'Roots',
      `the roots of ${heads.what}`,
      'the Merkle root recomputed from the entries',
      heads.badRoot,
      heads.whole
        ? 'every head states the tree it was made of'
        : 'every head that was checked states the tree it was made of',
    ),
    step(
      'Newest head',
      `${size} entries`,
      `${newest} in the newest head`,
      newestProblem(newest, size),
      'no entry is missing at the end',
    ),
    step(
      'Texts',
      `texts of ${texts} entries beside the log`,
      'their digests in the entries',
      texts === 0 ? null : textProblem(db),
      'each is as it was written, or was redacted by an entry',
    ),
    step(
      'Statements',
      `${signedOver.count} heads that people signed over`,
      'the roots recomputed from the entries',
      signedOver.end(size),
      signedOver.count === 0 ? 'no evidence is frozen yet' : 'this log only grew since they were signed',
    ),
    step(
      'Witnesses',
      `${witnesses.count} heads kept elsewhere`,
      'the roots recomputed from the entries',
      witnesses.end(size),
      witnesses.count === 0 ? 'none came back yet' : 'this log only grew since they were taken',
    ),
  ];
  return { ok: steps.every(({ ok }) => ok), steps };
}

/** Walks the signed heads beside the entries, in order of size. */
class Heads {
  readonly total: number;
  checked = 0;
  badSignature: string | null = null;
  badRoot: string | null = null;
  readonly #rows: IterableIterator<HeadRow>;
  readonly #verifier: NoteVerifier;
  #next: HeadRow | null;
  #newest = 0;

  constructor(db: Database, verifier: NoteVerifier, every: boolean) {
    this.#verifier = verifier;
    this.total = Number(db.prepare('SELECT count(*) FROM log_checkpoint').pluck().get());
    const from = every
      ? 0
      : Number(db.prepare('SELECT max(size) FROM log_checkpoint').pluck().get()) - NEWEST_HEADS;
    this.#rows = chosenHeads(db, from);
    this.#next = this.#take();
  }

  /** Whether no head was left out. */
  get whole(): boolean {
    return this.checked === this.total;
  }

  /** Exactly which heads were checked. */
  get what(): string {
    return this.whole
      ? `all ${this.total} signed heads`
      : `${this.checked} of ${this.total} signed heads (the newest ${NEWEST_HEADS} and every ${EVERY_HEAD}th before)`;
  }

  /** Whether a head of fewer than `size` entries still has to be compared. */
  before(size: number): boolean {
    return this.#next !== null && this.#next.size < size;
  }

  compare(frontier: Frontier): void {
    for (; this.#next !== null && this.#next.size <= frontier.size; this.#next = this.#take()) {
      this.#check(this.#next);
      if (this.#next.size !== frontier.size) continue;
      const root = rootText(frontier);
      if (root !== this.#next.root)
        this.badRoot ??= `after entry ${frontier.size - 1} the root is ${root}, the signed head states ${this.#next.root}`;
    }
  }

  /** Checks what is left, and answers the size of the newest head. */
  end(size: number): number {
    for (; this.#next !== null; this.#next = this.#take()) {
      this.#check(this.#next);
      if (this.#next.size > size)
        this.badRoot ??= `the head of ${this.#next.size} entries states more entries than there are`;
    }
    return this.#newest;
  }

  #check(head: HeadRow): void {
    this.checked += 1;
    this.#newest = head.size;
    const stated = this.#verifier.head(head.note);
    if (stated === null)
      this.badSignature ??= `the head of ${head.size} entries is not signed by the log's key`;
    else if (stated.size !== head.size || stated.root !== head.root)
      this.badSignature ??= `the head of ${head.size} entries is shown with other values than were signed`;
  }

  #take(): HeadRow | null {
    const next = this.#rows.next();
    return next.done === true ? null : next.value;
  }
}

/** The heads of more than `from` entries, and every n-th before, by their place: a long log is not read through for them. */
function* chosenHeads(db: Database, from: number): IterableIterator<HeadRow> {
  const one = db.prepare('SELECT size, root, note FROM log_checkpoint WHERE size = ?');
  for (let size = 0; size <= from; size += EVERY_HEAD) {
    const head = HeadRow.optional().parse(one.get(size));
    if (head !== undefined) yield head;
  }
  const read = db.prepare(
    'SELECT size, root, note FROM log_checkpoint WHERE size > ? ORDER BY size LIMIT 512',
  );
  for (let after = Math.max(-1, from); ;) {
    const rows = z.array(HeadRow).parse(read.all(after));
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.size;
  }
}

const rootText = (frontier: Frontier): string => Buffer.from(frontier.root()).toString('base64');

function step(
  title: string,
  checked: string,
  against: string,
  problem: string | null,
  good: string,
): VerificationStep {
  return { title, checked, against, ok: problem === null, detail: problem ?? good };
}

function newestProblem(stated: number, size: number): string | null {
  if (stated === size) return null;
  return stated > size
    ? `entries ${size} to ${stated - 1} are missing`
    : `entries ${stated} to ${size - 1} came without a signed head`;
}
