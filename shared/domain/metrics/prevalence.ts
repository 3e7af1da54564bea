/**
 * The share of the first k items of a feed that are marked, 0 to 1: marked / known. Of policy labels it is the prevalence
 * that transparency reports of platforms state, views of violating items over all views, taken feed by feed. `marks` stands by candidate index: 1
 * marked, 0 not, NaN unknown; items of unknown mark are left out of the count and of the whole. Null: there is
 * no item to count. `feed` holds candidate indexes, best first.
 */
export function prevalenceAt(marks: ArrayLike<number>, feed: ArrayLike<number>, k: number): number | null {
  let known = 0;
  let marked = 0;
  const depth = Math.min(k, feed.length);
  for (let at = 0; at < depth; at += 1) {
    const mark = marks[feed[at] ?? -1] ?? NaN;
    if (Number.isNaN(mark)) continue;
    known += 1;
    marked += mark;
  }
  return known === 0 ? null : marked / known;
}
