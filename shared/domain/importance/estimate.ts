import { percentileInterval } from '../statistics/interval.ts';
import { bootstrapSums, DRAWS } from '../statistics/resample.ts';
import type { Estimate } from './report.ts';

/** A mean over candidates, as the sum of each request by the count of each request. */
export interface RatioSample {
  readonly sums: Float64Array;
  readonly counts: Float64Array;
}

/** A ratio, and what it is in each draw of the requests. */
export interface DrawnRatio {
  readonly value: number;
  readonly draws: Float64Array;
}

/** Draws the requests anew a thousand times; the same seed and number of requests weigh them alike. */
export function drawRatio({ sums, counts }: RatioSample, seed: number): DrawnRatio | null {
  const requests = sums.length;
  const values = new Float64Array(2 * requests);
  let [sum, count] = [0, 0];
  for (let at = 0; at < requests; at += 1) {
    values[2 * at] = sums[at] ?? 0;
    values[2 * at + 1] = counts[at] ?? 0;
    sum += sums[at] ?? 0;
    count += counts[at] ?? 0;
  }
  if (count === 0) return null;
  const drawn = bootstrapSums({ seed, marks: Float64Array.from(counts.keys()), columns: 2, values });
  const draws = Float64Array.from(
    { length: DRAWS },
    (_, draw) => (drawn[draw] ?? NaN) / (drawn[DRAWS + draw] ?? NaN),
  );
  return { value: sum / count, draws };
}

export const estimateOf = ({ value, draws }: DrawnRatio): Estimate => ({
  value,
  interval: percentileInterval(draws),
});

/** a − b, draw by draw, because both were measured on the same requests. */
export const differenceOf = (a: DrawnRatio, b: DrawnRatio): Estimate => ({
  value: a.value - b.value,
  interval: percentileInterval(a.draws.map((draw, at) => draw - (b.draws[at] ?? NaN))),
});
