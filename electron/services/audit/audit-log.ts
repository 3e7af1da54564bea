import { setImmediate } from 'node:timers/promises';
import type { Database, Statement } from 'better-sqlite3';
import { z } from 'zod';
import type { LogFilter } from '../../../shared/contract/audit.ts';
import type { Verification } from '../../../shared/contract/signoff.ts';
import { entryText, requireEntry, type LogEntry, type LogEvent } from '../../../shared/domain/log/entry.ts';
import { Frontier } from '../../../shared/domain/log/merkle.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import type { DsseEnvelope } from '../../../shared/domain/statements/dsse.ts';
import { sha256, sha256Hex } from '../signoff/digest.ts';
import { signEnvelope } from '../signoff/envelope.ts';
import type { CheckpointSigner } from './checkpoint-key.ts';
import { entryPage, type LogPage } from './entries.ts';
import { EntryIndex } from './entry-index.ts';
import { newestHead, type LogHead } from './newest-head.ts';
import { detachTexts, insertTexts } from './texts.ts';
import { verifyLog } from './verify-log.ts';
import type { Withholds } from './withheld.ts';

const Leaf = z.string().optional();
const Leaves = z.array(z.object({ seq: z.int(), leaf: z.string() }));
/** Entries read in one piece, a few milliseconds' worth. */
const AT_ONCE = 2000;

/** An event with free texts that enter its body by digest, so that they can be redacted later; by their name there. */
export type LoggedEvent = LogEvent & { readonly texts?: Readonly<Record<string, string>> };

/** The append-only Merkle log of a workspace. After every entry a signed head is kept. */
export class AuditLog {
  readonly db: Database;
  readonly #signer: CheckpointSigner;
  readonly #insertEntry: Statement;
  readonly #insertHead: Statement;
  readonly #newest: Statement;
  readonly #index: EntryIndex;
  readonly #leafAt: Statement;
  readonly #leavesAfter: Statement;
  /** The tree up to the entry whose leaf hash is `#last`; rebuilt when the table holds another there. */
  #frontier = new Frontier(sha256);
  #last: string | null = null;
  #lastSeq = -1;

  constructor(db: Database, signer: CheckpointSigner) {
    this.db = db;
    this.#signer = signer;
    this.#index = new EntryIndex(db);
    this.#insertEntry = db.prepare(
      `INSERT INTO log_entry (seq, at, actor, action, subject, body, leaf_hash, entry)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#insertHead = db.prepare('INSERT INTO log_checkpoint (size, root, note, at) VALUES (?, ?, ?, ?)');
    this.#newest = db.prepare('SELECT leaf_hash FROM log_entry ORDER BY seq DESC LIMIT 1').pluck();
    this.#leafAt = db.prepare('SELECT leaf_hash FROM log_entry WHERE seq = ?').pluck();
    this.#leavesAfter = db.prepare(
      'SELECT seq, leaf_hash AS leaf FROM log_entry WHERE seq > ? ORDER BY seq LIMIT ?',
    );
  }

  /** The verifier key of the log's heads, as C2SP notes write it. */
  get key(): string {
    return this.#signer.key;
  }

  /** The DSSE envelope of a statement the workspace itself makes, signed with the log's key. */
  attest(payloadType: string, statement: unknown): DsseEnvelope {
    return signEnvelope(payloadType, statement, [this.#signer.signing]);
  }

  /** Adds an entry and the head after it. Call it inside the transaction of the deed it tells of. */
  append({ texts = {}, ...event }: LoggedEvent): LogEntry {
    if (!this.db.inTransaction) throw new Error('an audit entry outside the transaction of its deed');
    requireEntry(event);
    const { at, actor, action, subject, body: stated } = event;
    const detached = detachTexts(texts);
    const body = detached.kept.length === 0 ? stated : { ...Members.parse(stated), ...detached.body };
    const previous = this.#catchUp();
    const entry: LogEntry = { seq: this.#frontier.size, at, actor, action, subject, body, previous };
    // The body is written in its canonical form twice, and made only once.
    const bodyText = canonicalJson(body);
    const text = entryText(entry, bodyText);
    // The leaf hash of RFC 6962, in one call straight from the text.
    const leaf = sha256Hex(`\0${text}`);
    this.#insertEntry.run(entry.seq, at, actor, action, subject, bodyText, leaf, text);
    insertTexts(this.db, entry.seq, detached.kept);
    this.#frontier.append(Buffer.from(leaf, 'hex'));
    [this.#last, this.#lastSeq] = [leaf, entry.seq];
    this.#keepHead(at);
    return entry;
  }

  /** A page of entries, newest first, that the filter lets through; texts that are withheld are neither shown nor found. */
  entries(page: LogFilter & { offset: number; limit: number }, withholds: Withholds = () => false): LogPage {
    return entryPage(this.db, this.#index, page, withholds);
  }

  /** Everybody who acted and everything that was done, for filters. */
  facets(): { actors: string[]; actions: string[] } {
    return this.#index.facets();
  }

  /** The newest head; null while the log is empty. */
  checkpoint(): LogHead | null {
    return newestHead(this.db);
  }

  /** Recomputes the log from its entries, and names the first entry or head at fault. */
  verify(everyHead = false): Verification {
    return verifyLog(this.db, this.#signer.key, { everyHead });
  }

  /**
   * Reads the log there is, piece by piece while nothing else is to do, so that the first entry does not wait for it: a
   * log of a million entries takes seconds. Ends when the workspace is closed.
   */
  async readAhead(): Promise<void> {
    while (this.db.open && this.#isBehind()) {
      this.#readOn();
      await setImmediate();
    }
  }

  /** Brings the frontier to what the table holds (a transaction may have been undone) and answers the last leaf hash. */
  #catchUp(): string | null {
    while (this.#isBehind()) this.#readOn();
    return this.#last;
  }

  /** The leaf hash is enough: it is over the entry's place and, by the one before, over all that came earlier. */
  #isBehind(): boolean {
    return this.#last !== (Leaf.parse(this.#newest.get()) ?? null);
  }

  /** Reads some of the entries that came since, from the first when the last known one is not there any more. */
  #readOn(): void {
    if (this.#last !== Leaf.parse(this.#leafAt.get(this.#lastSeq))) {
      this.#frontier = new Frontier(sha256);
      [this.#last, this.#lastSeq] = [null, -1];
    }
    for (const { seq, leaf } of Leaves.parse(this.#leavesAfter.all(this.#lastSeq, AT_ONCE))) {
      this.#frontier.append(Buffer.from(leaf, 'hex'));
      [this.#last, this.#lastSeq] = [leaf, seq];
    }
  }

  #keepHead(at: string): void {
    const size = this.#frontier.size;
    const root = Buffer.from(this.#frontier.root()).toString('base64');
    this.#insertHead.run(size, root, this.#signer.sign({ size, root }), at);
  }
}

const Members = z.record(z.string(), z.json());
