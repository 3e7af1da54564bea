import { z } from 'zod';

/** A line of a text that only one of two versions has; `line` counts from 1 in the version that has it. */
export const LineChange = z.object({
  kind: z.enum(['removed', 'added']),
  line: z.int().positive(),
  text: z.string(),
});
export type LineChange = z.infer<typeof LineChange>;

/** Above this many pairs of lines the texts count as different throughout. */
const MOST_PAIRS = 4_000_000;

/**
 * The lines to take out of `before` and put in to make `after`, fewest first: what is left is their longest common
 * subsequence (D. Hirschberg, CACM 18(6), 1975, without the saving of space). Removed lines stand before added ones.
 */
export function lineChanges(before: string, after: string): LineChange[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let [oldEnd, nowEnd] = [old.length, now.length];
  while (oldEnd > start && nowEnd > start && old[oldEnd - 1] === now[nowEnd - 1]) {
    oldEnd -= 1;
    nowEnd -= 1;
  }
  const common = commonLengths(old.slice(start, oldEnd), now.slice(start, nowEnd));
  const changes: LineChange[] = [];
  let [i, j] = [start, start];
  const ahead = (down: number, right: number): number => common(i + down - start, j + right - start);
  while (i < oldEnd || j < nowEnd) {
    const [text, other] = [i < oldEnd ? old[i] : undefined, j < nowEnd ? now[j] : undefined];
    if (text !== undefined && text === other && ahead(0, 0) === ahead(1, 1) + 1) {
      i += 1;
      j += 1;
    } else if (text !== undefined && (other === undefined || ahead(1, 0) >= ahead(0, 1))) {
      i += 1;
      changes.push({ kind: 'removed', line: i, text });
    } else {
      j += 1;
      changes.push({ kind: 'added', line: j, text: other ?? '' });
    }
  }
  return changes;
}

/** Lines without their ends; the end of the last line begins no further one. */
const linesOf = (text: string): string[] => text.replace(/\r?\n$/, '').split(/\r?\n/);

/** Length of the longest common subsequence of what follows place i of `a` and place j of `b`. */
function commonLengths(a: readonly string[], b: readonly string[]): (i: number, j: number) => number {
  if (a.length * b.length > MOST_PAIRS) return () => 0;
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  return at;
}
