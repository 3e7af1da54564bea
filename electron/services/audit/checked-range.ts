import type { Database } from 'better-sqlite3';
import { Frontier } from '../../../shared/domain/log/merkle.ts';
import { sha256, sha256Hex } from '../signoff/digest.ts';
import { entryRows, holdsTexts, isWhole, leafBefore } from './entry-rows.ts';

/** Leaves under one root of a checked range: signed heads at other sizes are compared leaf by leaf. */
export const CHUNK = 1024;
const HASH = 32;

/** Entries `from` (inclusive) to `until` (exclusive), both multiples of `CHUNK`, checked apart from the others. */
export interface CheckedRange {
  readonly from: number;
  readonly until: number;
  /** The Merkle root over each `CHUNK` entries, 32 bytes each; null when any entry has anything wrong with it. */
  readonly roots: Uint8Array | null;
  /** How many entries have texts beside the log. */
  readonly texts: number;
}

/**
 * Checks entries of a log as `verifyLog` does, each against its columns, its hash and the leaf hash kept with the entry
 * before. That hash is in turn checked with its own entry, by whoever checks the range before.
 */
export function checkRange(
  db: Database,
  from: number,
  until: number,
  onChunk: (entries: number) => void,
): CheckedRange {
  const roots = new Uint8Array(((until - from) / CHUNK) * HASH);
  const broken = { from, until, roots: null, texts: 0 };
  let [place, previous, texts, frontier] = [from, leafBefore(db, from), 0, new Frontier(sha256)];
  for (const entry of entryRows(db, from, until)) {
    const computed = sha256Hex(`\0${entry.text}`);
    if (!isWhole(entry, place, previous, computed)) return broken;
    if (holdsTexts(entry)) texts += 1;
    frontier.append(Buffer.from(computed, 'hex'));
    previous = computed;
    place += 1;
    if (frontier.size === CHUNK) {
      roots.set(frontier.root(), ((place - from) / CHUNK - 1) * HASH);
      frontier = new Frontier(sha256);
      onChunk(CHUNK);
    }
  }
  return place === until ? { from, until, roots, texts } : broken;
}

/** The roots of ranges that follow each other from the first entry on, in order; null where that is not whole. */
export function joinedRoots(ranges: readonly CheckedRange[]): Uint8Array[] | null {
  const joined: Uint8Array[] = [];
  let place = 0;
  for (const { from, until, roots } of ranges) {
    if (roots === null || from !== place) return null;
    for (let at = 0; at < roots.length; at += HASH) joined.push(roots.subarray(at, at + HASH));
    place = until;
  }
  return joined;
}
