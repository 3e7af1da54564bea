/** One scored row: what was predicted, whether the event happened, and the group (a feed) it belongs to. */
export interface Scored {
  readonly score: number;
  readonly positive: boolean;
}

/**
 * Area under the ROC curve: the chance that a positive row scores above a negative one, ties counting half
 * (Mann–Whitney U over pairs). null without both kinds.
 */
export function auc(rows: readonly Scored[]): number | null {
  const { wins, pairs } = countPairs(rows);
  return pairs === 0 ? null : wins / pairs;
}

/** The same over pairs within a group only, all groups' pairs counted together. */
export function groupedAuc(groups: Iterable<readonly Scored[]>): number | null {
  let wins = 0;
  let pairs = 0;
  for (const group of groups) {
    const counted = countPairs(group);
    wins += counted.wins;
    pairs += counted.pairs;
  }
  return pairs === 0 ? null : wins / pairs;
}

function countPairs(rows: readonly Scored[]): { wins: number; pairs: number } {
  const sorted = rows.toSorted((a, b) => a.score - b.score);
  let negativesBelow = 0;
  let wins = 0;
  for (let from = 0; from < sorted.length;) {
    const score = sorted[from]?.score;
    let to = from;
    let positives = 0;
    for (; to < sorted.length && sorted[to]?.score === score; to++)
      positives += sorted[to]?.positive === true ? 1 : 0;
    const negatives = to - from - positives;
    wins += positives * (negativesBelow + negatives / 2);
    negativesBelow += negatives;
    from = to;
  }
  return { wins, pairs: negativesBelow * (rows.length - negativesBelow) };
}
