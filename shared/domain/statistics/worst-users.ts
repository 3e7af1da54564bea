import { POISSON_WEIGHTS } from './poisson.ts';
import { Random } from './random.ts';
import { DRAWS } from './resample.ts';

/** Mean harm of each user, by both rankers; users in one order. */
export interface UserHarms {
  readonly seed: number;
  readonly baseline: Float64Array;
  readonly candidate: Float64Array;
}

const PURPOSE = 0x75736572;

/**
 * The mean of the worst tenth of users, by both rankers, in every draw. Users are drawn anew with all their requests
 * (the cluster bootstrap, A. Cameron, J. Gelbach, D. Miller, Review of Economics and Statistics 90(3), 2008), each
 * counting Poisson(1) times and for both rankers alike. NaN where a draw has no user.
 */
export function worstUsersDrawn(
  { seed, baseline, candidate }: UserHarms,
  draws: number = DRAWS,
): { baseline: Float64Array; candidate: Float64Array } {
  const orders = [worstFirst(baseline), worstFirst(candidate)] as const;
  const drawn = { baseline: new Float64Array(draws), candidate: new Float64Array(draws) };
  const weights = new Uint8Array(baseline.length);
  for (let draw = 0; draw < draws; draw += 1) {
    const random = new Random(seed, draw, PURPOSE);
    let users = 0;
    for (let at = 0; at < weights.length; at += 1) {
      const weight = POISSON_WEIGHTS[random.next() & 0xffff] ?? 0;
      weights[at] = weight;
      users += weight;
    }
    drawn.baseline[draw] = worstTenth(baseline, orders[0], weights, users);
    drawn.candidate[draw] = worstTenth(candidate, orders[1], weights, users);
  }
  return drawn;
}

function worstFirst(harms: Float64Array): Uint32Array {
  return Uint32Array.from(harms.keys()).toSorted((a, b) => (harms[b] ?? 0) - (harms[a] ?? 0));
}

function worstTenth(harms: Float64Array, order: Uint32Array, weights: Uint8Array, users: number): number {
  const wanted = Math.ceil(users / 10);
  let left = wanted;
  let sum = 0;
  for (let at = 0; at < order.length && left > 0; at += 1) {
    const user = order[at] ?? 0;
    const taken = Math.min(left, weights[user] ?? 0);
    sum += taken * (harms[user] ?? 0);
    left -= taken;
  }
  return wanted === 0 ? NaN : sum / wanted;
}
