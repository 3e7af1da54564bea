import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { notFound, StatesideError } from '../../../shared/domain/error.ts';
import { Frontier, leafHash, rootOf } from '../../../shared/domain/log/merkle.ts';
import {
  consistencyProof,
  pathRanges,
  verifyConsistency,
  verifyInclusion,
  type LeafRange,
} from '../../../shared/domain/log/proof.ts';
import {
  formatConsistency,
  formatProof,
  parseConsistency,
  parseProof,
} from '../../../shared/domain/log/proof-file.ts';
import { decodeBase64 } from '../signoff/base64.ts';
import { sha256 } from '../signoff/digest.ts';
import type { AuditLog } from './audit-log.ts';
import { verifyCheckpointNote } from './checkpoint-key.ts';
import { leafHashes } from './entry-rows.ts';
import { newestHead, type LogHead } from './newest-head.ts';

/** Leaf hashes read at a time. */
const BATCH = 4096;

const Entry = z.string().optional();
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** A log to prove from: its rows, and the verifier key of its heads. */
export interface ProvenLog {
  readonly db: Database;
  readonly key: string;
}

/**
 * The C2SP tlog-proof of entry `seq` in the newest head; the entry's own bytes travel in its `extra` line. One pass over
 * the leaf hashes, in memory that does not grow with the log. Throws not_found for a place outside the log, failed_check
 * where the entry is not the one that was hashed, or the log is not the one of its newest head.
 */
export function proveEntry(log: ProvenLog, seq: number): string {
  const { db } = log;
  return db.transaction(() => {
    const head = newestHead(db);
    if (head === null) throw notFound('the audit log is empty, so there is nothing to prove');
    const stray = db.prepare('SELECT 1 FROM log_entry WHERE seq < 0 OR seq >= ? LIMIT 1').get(head.size);
    if (stray !== undefined) throw damaged();
    return entryProof(log, head, seq, (range) => rootOfRange(db, range));
  })();
}

/** The tlog-proof of entry `seq` under `head`, from the roots of the ranges on its path; throws as `proveEntry` does. */
function entryProof(
  { db, key }: ProvenLog,
  head: LogHead,
  seq: number,
  root: (range: LeafRange) => Uint8Array,
): string {
  const entry = Entry.parse(db.prepare('SELECT entry FROM log_entry WHERE seq = ?').pluck().get(seq));
  if (entry === undefined || seq >= head.size)
    throw notFound(`the audit log has no entry ${seq}; its entries are 0 to ${head.size - 1}`);
  const proof = formatProof({
    index: seq,
    hashes: pathRanges(seq, head.size).map((range) => base64(root(range))),
    checkpoint: head.note,
    extra: Buffer.from(entry).toString('base64'),
  });
  if (readProvenEntry(proof, key) === null) throw damaged();
  return proof;
}

/** The root over the leaf hashes kept with the entries of a range. */
function rootOfRange(db: Database, { from, until }: LeafRange): Uint8Array {
  const frontier = new Frontier(sha256);
  for (let at = from; at < until; at += BATCH)
    for (const leaf of leafHashes(db, at, Math.min(at + BATCH, until)))
      frontier.append(Buffer.from(leaf, 'hex'));
  return frontier.root();
}

/** The tree under the newest head of a log, from which any number of proofs are made. */
export interface ProvingTree {
  /** The newest head as a signed note. */
  readonly note: string;
  /**
   * The C2SP tlog-proof of entry `seq` in the newest head; the entry's own bytes travel in its `extra` line.
   * Throws not_found for a place outside the log, failed_check when the entry is not the one that was hashed.
   */
  entry(seq: number): string;
  /** That the log of `oldSize` entries is a beginning of the newest head; throws not_found for a size it never had. */
  growth(oldSize: number): string;
}

/** Reads the leaves of a log once; throws failed_check when they do not add up to its newest head. */
export function provingTree(log: AuditLog): ProvingTree {
  const { head, leaves } = soundTree(log);
  return {
    note: head.note,
    entry: (seq) =>
      entryProof(log, head, seq, ({ from, until }) => rootOf(sha256, leaves.slice(from, until))),
    growth(oldSize) {
      if (oldSize < 1 || oldSize > head.size)
        throw notFound(`the audit log never had ${oldSize} entries; it has ${head.size}`);
      const hashes = consistencyProof(sha256, leaves, oldSize).map(base64);
      return formatConsistency({ oldSize, hashes, checkpoint: head.note });
    },
  };
}

/** The proof of growth since one size, as `provingTree` makes it. */
export const proveConsistency = (log: AuditLog, oldSize: number): string => provingTree(log).growth(oldSize);

/** The entry's text and the head it is proven against by a tlog-proof of the log with this verifier key; null when it is not. */
export function readProvenEntry(
  proof: string,
  key: string,
): { readonly entry: string; readonly index: number; readonly size: number } | null {
  const parsed = parseProof(proof);
  const head = parsed === null ? null : verifyCheckpointNote(parsed.checkpoint, key);
  const entry = typeof parsed?.extra === 'string' ? decodeBase64(parsed.extra) : null;
  if (parsed === null || head === null || entry === null) return null;
  const good = verifyInclusion(
    sha256,
    leafHash(sha256, entry),
    parsed.index,
    head.size,
    parsed.hashes.map((hash) => Buffer.from(hash, 'base64')),
    Buffer.from(head.root, 'base64'),
  );
  return good ? { entry: entry.toString('utf8'), index: parsed.index, size: head.size } : null;
}

/** Whether a consistency proof leads from an old signed head to the one it holds, both signed by `key`. */
export function provesGrowth(proof: string, oldNote: string, key: string): boolean {
  const parsed = parseConsistency(proof);
  const old = verifyCheckpointNote(oldNote, key);
  const now = parsed === null ? null : verifyCheckpointNote(parsed.checkpoint, key);
  if (parsed === null || old === null || now === null || old.size !== parsed.oldSize) return false;
  return verifyConsistency(
    sha256,
    old.size,
    Buffer.from(old.root, 'base64'),
    now.size,
    Buffer.from(now.root, 'base64'),
    parsed.hashes.map((hash) => Buffer.from(hash, 'base64')),
  );
}

/** The leaves under the newest head; refused when they do not give its root. */
function soundTree(log: AuditLog): { head: LogHead; leaves: Uint8Array[] } {
  const head = log.checkpoint();
  if (head === null) throw notFound('the audit log is empty, so there is nothing to prove');
  const leaves = z
    .array(z.string())
    .parse(log.db.prepare('SELECT leaf_hash FROM log_entry ORDER BY seq').pluck().all())
    .map((leaf): Uint8Array => Buffer.from(leaf, 'hex'));
  if (leaves.length !== head.size || base64(rootOf(sha256, leaves)) !== head.root) throw damaged();
  return { head, leaves };
}

const damaged = (): StatesideError =>
  new StatesideError(
    'failed_check',
    'the audit log does not add up to its newest head, so nothing is proven from it; run stateside log verify',
  );
