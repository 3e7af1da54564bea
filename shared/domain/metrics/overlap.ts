/**
 * Overlap of two ranked lists at depth k, 0 to 1: |A∩B| / k, where A and B are the first k of each. When
 * neither list reaches k, the longer one's length stands for k, so that a list always overlaps itself by 1;
 * two empty lists overlap by 1. An element stands at most once in a list.
 */
export function overlapAt<T>(a: ArrayLike<T>, b: ArrayLike<T>, k: number): number {
  const depth = Math.min(k, Math.max(a.length, b.length));
  if (depth === 0) return 1;
  const seen = new Set<T>(Array.from(a).slice(0, depth));
  let shared = 0;
  for (const element of Array.from(b).slice(0, depth)) if (seen.has(element)) shared += 1;
  return shared / depth;
}
