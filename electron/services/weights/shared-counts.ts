import { KEY_BUCKETS } from '../../../shared/domain/weights/key.ts';

/** Tables of counts that all threads add to: their answers would be copied, and fill the memory faster than it is freed. */
export const sharedCounts = (tables: number): Uint32Array[] =>
  Array.from({ length: tables }, () => new Uint32Array(new SharedArrayBuffer(KEY_BUCKETS * 4)));

/** Adds whole numbers, so that the order in which threads come changes nothing. */
export function addToShared(shared: Uint32Array, counts: Uint32Array | null | undefined): void {
  for (let at = 0; at < shared.length; at += 1) {
    const count = counts?.[at] ?? 0;
    if (count > 0) Atomics.add(shared, at, count);
  }
}

const kept: Uint32Array[] = [];

/** Tables of zeros, in memory that this thread uses again for the next ones. */
export function clearedCounts(tables: number): Uint32Array[] {
  while (kept.length < tables) kept.push(new Uint32Array(KEY_BUCKETS));
  return kept.slice(0, tables).map((table) => table.fill(0));
}
