import { z } from 'zod';
import { notFound, StatesideError } from '../../../shared/domain/error.ts';
import { leafHash, rootOf } from '../../../shared/domain/log/merkle.ts';
import {
  consistencyProof,
  inclusionProof,
  verifyConsistency,
  verifyInclusion,
} from '../../../shared/domain/log/proof.ts';
import {
  formatConsistency,
  formatProof,
  parseConsistency,
  parseProof,
} from '../../../shared/domain/log/proof-file.ts';
import { decodeBase64 } from '../signoff/base64.ts';
import { sha256 } from '../signoff/digest.ts';
import type { AuditLog, LogHead } from './audit-log.ts';
import { verifyCheckpointNote } from './checkpoint-key.ts';

const Entry = z.string().optional();
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

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
  const entryOf = log.db.prepare('SELECT entry FROM log_entry WHERE seq = ?').pluck();
  return {
    note: head.note,
    entry(seq) {
      const entry = Entry.parse(entryOf.get(seq));
      if (entry === undefined || seq >= head.size)
        throw notFound(`the audit log has no entry ${seq}; its entries are 0 to ${head.size - 1}`);
      const proof = formatProof({
        index: seq,
        hashes: inclusionProof(sha256, leaves, seq).map(base64),
        checkpoint: head.note,
        extra: base64(Buffer.from(entry)),
      });
      if (readProvenEntry(proof, log.key) === null) throw damaged();
      return proof;
    },
    growth(oldSize) {
      if (oldSize < 1 || oldSize > head.size)
        throw notFound(`the audit log never had ${oldSize} entries; it has ${head.size}`);
      const hashes = consistencyProof(sha256, leaves, oldSize).map(base64);
      return formatConsistency({ oldSize, hashes, checkpoint: head.note });
    },
  };
}

/** The proof of one entry, as `provingTree` makes it. */
export const proveEntry = (log: AuditLog, seq: number): string => provingTree(log).entry(seq);

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
