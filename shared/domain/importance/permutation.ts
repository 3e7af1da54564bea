import { Random } from '../statistics/random.ts';

const PURPOSE = 0x7065726d;

/**
 * A permutation of `count` places that follows from the seed, the feature and the repeat alone, so that two releases
 * are measured on the same shuffles (R. Fisher, F. Yates; R. Durstenfeld, CACM 7(7), 1964).
 */
export function permutation(count: number, seed: number, feature: number, repeat: number): Uint32Array {
  const random = new Random(seed, PURPOSE ^ feature, repeat);
  const order = Uint32Array.from({ length: count }, (_, at) => at);
  for (let last = count - 1; last > 0; last -= 1) {
    const other = Math.floor(((random.next() >>> 0) / 2 ** 32) * (last + 1));
    const kept = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = kept;
  }
  return order;
}

/** Puts column `column` of a row-major table into another order, in `target`, which is otherwise equal to `table`. */
export function permuteColumn(
  target: Float32Array,
  table: Float32Array,
  columns: number,
  column: number,
  order: Uint32Array,
): void {
  for (let row = 0; row < order.length; row += 1)
    target[row * columns + column] = table[(order[row] ?? 0) * columns + column] ?? 0;
}

/** What one head says of the sample's candidates, and what users did; NaN where nothing was observed. */
export interface HeadSample {
  readonly outputs: Float32Array;
  readonly observed: Float32Array | null;
}

/** Sums over the candidates of each request, one number a request. */
export interface RequestSums {
  readonly movement: Float64Array;
  readonly loss: Float64Array;
}

/**
 * Adds what shuffling one feature did to a head, by request.
 *
 * Permutation importance of a feature: shuffle its column over all candidates of the sample, leave the others alone,
 * run the model again, and see how much worse it does (L. Breiman, Random Forests, Machine Learning 45(1), 2001,
 * section 10). `loss` is the mean of (shuffled output − observed)² − (output − observed)² over the candidates with
 * something observed: e_switch − e_orig of A. Fisher, C. Rudin, F. Dominici, JMLR 20(177), 2019, with the squared
 * error (for a probability the Brier score), estimated with random permutations instead of all pairs. `movement` is
 * the mean of |shuffled output − output| over all candidates, which needs no feedback. Both are means over the
 * repeats. A feature that shares what it knows with another one shows little of it, as with every such measure.
 */
export function addShuffled(
  sums: RequestSums,
  { outputs, observed }: HeadSample,
  shuffled: Float32Array,
  ends: readonly number[],
  repeats: number,
): void {
  let at = 0;
  for (const [request, end] of ends.entries()) {
    let [movement, loss] = [0, 0];
    for (; at < end; at += 1) {
      const [before, after] = [outputs[at] ?? 0, shuffled[at] ?? 0];
      movement += Math.abs(after - before);
      const seen = observed === null ? NaN : (observed[at] ?? NaN);
      if (!Number.isNaN(seen)) loss += (after - seen) ** 2 - (before - seen) ** 2;
    }
    sums.movement[request] = (sums.movement[request] ?? 0) + movement / repeats;
    sums.loss[request] = (sums.loss[request] ?? 0) + loss / repeats;
  }
}
