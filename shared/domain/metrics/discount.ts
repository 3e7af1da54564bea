const known: number[] = [];

/** log2(1 + rank), rank from 1: what the gain of a place is divided by. Made once for each rank. */
export function discountOf(rank: number): number {
  const made = known[rank];
  if (made !== undefined) return made;
  // without gaps, so that reading stays fast
  for (let next = known.length; next <= rank; next += 1) known.push(Math.log2(1 + next));
  return Math.log2(1 + rank);
}
