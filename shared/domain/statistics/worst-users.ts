import { POISSON_WEIGHTS } from './poisson.ts';
import { Random } from './random.ts';
import { DRAWS } from './resample.ts';
import { randomisationP } from './significance.ts';

/** Mean harm of each user, by both rankers; users in one order. */
export interface UserHarms {
  readonly seed: number;
  readonly baseline: Float64Array;
  readonly candidate: Float64Array;
}

const PURPOSE = 0x75736572;
const SWAP = 0x75737770;

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

/**
 * The p value of the difference of both means of the worst tenth: a fair coin for each user, both of whose figures change
 * their rankers over, as if these were exchangeable user by user; null where no user's figures differ.
 */
export function worstUsersP({ seed, baseline, candidate }: UserHarms, draws: number = DRAWS): number | null {
  const users = baseline.length;
  const wanted = Math.ceil(users / 10);
  // figures of both rankers, worst first: of user u at u, of the candidate at users + u
  const both = new Float64Array(2 * users);
  both.set(baseline);
  both.set(candidate, users);
  const order = worstFirst(both);
  const coins = new Uint8Array(users);
  const difference = (): number => {
    const left: [number, number] = [wanted, wanted];
    const sums: [number, number] = [0, 0];
    for (let at = 0; at < order.length && left[0] + left[1] > 0; at += 1) {
      const place = order[at] ?? 0;
      const user = place % users;
      const side = ((place < users ? 0 : 1) ^ (coins[user] ?? 0)) === 1 ? 1 : 0;
      if (left[side] === 0) continue;
      left[side] -= 1;
      sums[side] += both[place] ?? 0;
    }
    return (sums[1] - sums[0]) / wanted;
  };
  const seen = difference();
  const swapped = Float64Array.from({ length: draws }, (_, draw) => {
    const random = new Random(seed, draw, SWAP);
    let word = 0;
    for (let user = 0; user < users; user += 1) {
      if (user % 32 === 0) word = random.next();
      coins[user] = word & 1;
      word >>>= 1;
    }
    return difference();
  });
  return randomisationP(seen, swapped);
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
