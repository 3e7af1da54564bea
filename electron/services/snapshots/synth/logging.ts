import type { Random } from './random.ts';

/** One request in so many is ranked uniformly at random. */
export const EXPLORED = 10;
export const SHOWN = 10;

/** What the logging policy did with one request. */
export interface LoggedFeed {
  /** Places in `scores` of the shown candidates, first shown first. */
  readonly shown: readonly number[];
  /** For each shown one the probability with which it was drawn, given those above it. */
  readonly propensities: readonly number[];
}

/**
 * Draws a feed from the softmax of `scores` (temperature 1) without replacement, first place first: a
 * Plackett–Luce ranking, drawn by adding Gumbel noise and keeping the highest sums.
 */
export function drawFeed(random: Random, scores: Float64Array): LoggedFeed {
  const length = Math.min(SHOWN, scores.length);
  const noisy = scores.map((score) => score + random.gumbel());
  const shown: number[] = [];
  noisy.forEach((key, at) => {
    let place = shown.length;
    while (place > 0 && key > (noisy[shown[place - 1] ?? 0] ?? 0)) place--;
    if (place >= length) return;
    shown.splice(place, 0, at);
    if (shown.length > length) shown.pop();
  });
  return { shown, propensities: propensitiesOf(scores, shown) };
}

/** exp(score) of each shown one, over the sum of exp(score) of those not shown above it. */
function propensitiesOf(scores: Float64Array, shown: readonly number[]): number[] {
  const highest = scores.reduce((most, score) => Math.max(most, score), -Infinity);
  const weights = scores.map((score) => Math.exp(score - highest));
  const above = new Set(shown);
  // Summed from the last place up, so that no difference of large sums is taken.
  let rest = weights.reduce((sum, weight, at) => (above.has(at) ? sum : sum + weight), 0);
  return shown
    .toReversed()
    .map((at) => {
      const weight = weights[at] ?? 0;
      rest += weight;
      return weight / rest;
    })
    .toReversed();
}
