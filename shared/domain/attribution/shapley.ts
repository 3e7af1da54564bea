/**
 * Shapley values of n players: what each brings, on the mean over every order in which they may come one by one
 * (L. Shapley, "A Value for n-Person Games", 1953). `worth` answers what a coalition is worth, in several numbers at
 * once; its argument has bit i set when player i is in. Called once for each of the 2ⁿ coalitions.
 *
 * Answers one row for each player, in the length of `worth`'s answer. The rows sum to worth(all) − worth(none); a
 * player that changes nothing gets 0.
 */
export function shapleyValues(players: number, worth: (coalition: number) => Float64Array): Float64Array[] {
  const worths = Array.from({ length: 2 ** players }, (_, coalition) => worth(coalition));
  const shares = Array.from({ length: players }, (_, size) => orderShare(players, size));
  return Array.from({ length: players }, (_, player) => {
    const bit = 2 ** player;
    const row = new Float64Array(worths[0]?.length ?? 0);
    for (const [coalition, without] of worths.entries()) {
      if ((coalition & bit) !== 0) continue;
      const withPlayer = worths[coalition | bit];
      const share = shares[sizeOf(coalition)] ?? 0;
      for (let at = 0; at < row.length; at += 1) {
        row[at] = (row[at] ?? 0) + share * ((withPlayer?.[at] ?? NaN) - (without[at] ?? NaN));
      }
    }
    return row;
  });
}

/** |S|! (n − |S| − 1)! / n!: the share of orders in which exactly these `size` players came before. */
function orderShare(players: number, size: number): number {
  let binomial = 1;
  for (let at = 1; at <= size; at += 1) binomial = (binomial * (players - at)) / at;
  return 1 / (players * binomial);
}

function sizeOf(coalition: number): number {
  let size = 0;
  for (let rest = coalition; rest > 0; rest >>>= 1) size += rest & 1;
  return size;
}
