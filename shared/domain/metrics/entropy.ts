/**
 * Shannon entropy in bits of how often each kind occurs among the first k items: −Σ pᵢ log2 pᵢ (C. Shannon, Bell
 * System Technical Journal 27, 1948). `kinds` stands by candidate index, a number for each kind; items of no kind (−1) are
 * left out. Null: no item has one.
 */
export function entropyAt(kinds: ArrayLike<number>, feed: ArrayLike<number>, k: number): number | null {
  const met: number[] = [];
  const counts: number[] = [];
  let total = 0;
  const depth = Math.min(k, feed.length);
  for (let at = 0; at < depth; at += 1) {
    const kind = kinds[feed[at] ?? -1] ?? -1;
    if (kind === -1) continue;
    const known = met.indexOf(kind);
    const place = known === -1 ? met.push(kind) - 1 : known;
    counts[place] = (counts[place] ?? 0) + 1;
    total += 1;
  }
  if (total === 0) return null;
  let entropy = 0;
  for (const count of counts) entropy -= (count / total) * Math.log2(count / total);
  return Math.abs(entropy);
}
