import type { NewCandidate } from '../../../database/snapshot/writer.ts';
import { SIGNALS } from './columns.ts';
import { drawFeed, EXPLORED } from './logging.ts';
import type { Random } from './random.ts';
import type { SynthItem, SynthUser, World } from './world.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** One made-up request, ready for the writer. */
export interface SynthRequest {
  readonly candidates: NewCandidate[];
  readonly features: Float32Array;
  readonly feedback: Float32Array;
}

/** Makes requests of `candidates` candidates with `features` features in a world. */
export class RequestMaker {
  readonly #random: Random;
  readonly #world: World;
  readonly #candidates: number;
  readonly #features: number;
  /** The number of the last request each item was a candidate of. */
  readonly #taken: Uint32Array;
  #made = 0;

  constructor(random: Random, world: World, candidates: number, features: number) {
    this.#random = random;
    this.#world = world;
    this.#candidates = candidates;
    this.#features = features;
    this.#taken = new Uint32Array(world.items.length);
  }

  /** What `user` (with number `userAt`) was offered, shown and did at `now` (milliseconds since 1970). */
  make(user: SynthUser, now: number): SynthRequest {
    this.#made++;
    const picked = Array.from({ length: this.#candidates }, () => this.#take(user));
    const features = new Float32Array(picked.length * this.#features);
    const scores = new Float64Array(picked.length);
    const explored = this.#random.chance(1 / EXPLORED);
    picked.forEach((at, place) => {
      const item = this.#itemAt(at);
      const row = this.#describe(user, item, now);
      this.#writeRow(features, place * this.#features, row);
      scores[place] = explored ? 0 : loggedScore(row);
    });
    const feed = drawFeed(this.#random, scores);
    const feedback = new Float32Array(picked.length * SIGNALS.length).fill(Number.NaN);
    const positions = new Map(feed.shown.map((place, position) => [place, position]));
    const candidates = picked.map((at, place): NewCandidate => {
      const item = this.#itemAt(at);
      const position = positions.get(place);
      if (position !== undefined) feedback.set(this.#react(user, item), place * SIGNALS.length);
      return {
        itemId: String(at + 1),
        inNetwork: user.follows.has(item.author) ? 1 : 0,
        loggedPosition: position === undefined ? null : position + 1,
        loggedScore: scores[place] ?? 0,
        propensity: position === undefined ? null : (feed.propensities[position] ?? null),
      };
    });
    return { candidates, features, feedback };
  }

  /** An item that this request does not have yet: of a followed author, of a favourite category, or any. */
  #take(user: SynthUser): number {
    let at = this.#draw(user);
    for (let tries = 0; this.#taken[at] === this.#made && tries < 8; tries++) at = this.#draw(user);
    while (this.#taken[at] === this.#made) at = (at + 1) % this.#taken.length;
    this.#taken[at] = this.#made;
    return at;
  }

  #draw(user: SynthUser): number {
    const random = this.#random;
    const roll = random.unit();
    const pool =
      roll < 0.3
        ? this.#world.byAuthor[user.followList[random.below(user.followList.length)] ?? 0]
        : roll < 0.75
          ? this.#world.byCategory[random.pick(user.favourites)]
          : undefined;
    if (pool === undefined || pool.length === 0) return random.below(this.#world.items.length);
    return pool[random.below(pool.length)] ?? 0;
  }

  #itemAt(at: number): SynthItem {
    const item = this.#world.items[at];
    if (item === undefined) throw new RangeError(`no item ${at}`);
    return item;
  }

  /** The sixteen features with a meaning, in the order of `featureColumns`. */
  #describe(user: SynthUser, item: SynthItem, now: number): number[] {
    const random = this.#random;
    const follows = user.follows.has(item.author) ? 1 : 0;
    const topic = (user.taste[item.category] ?? 0) + 0.4 * random.normal();
    const age = (now - item.uploadedAt) / DAY;
    const views = Math.log1p(item.views);
    const hour = ((now % DAY) / HOUR / 12) * Math.PI;
    return [
      topic,
      0.8 * follows + 0.3 * random.normal(),
      follows,
      item.qualityEstimate,
      item.appealEstimate,
      views,
      age,
      Math.log(item.durationMs / 1000),
      item.language === user.language ? 1 : 0,
      Math.log(user.activity),
      Math.log1p(user.accountDays),
      views - Math.log1p(age),
      user.favourites.includes(item.category) ? 1 : 0,
      item.qualityEstimate * topic,
      Math.sin(hour),
      Math.cos(hour),
    ];
  }

  #writeRow(features: Float32Array, start: number, row: readonly number[]): void {
    for (let at = 0; at < this.#features; at++) {
      features[start + at] = row[at] ?? (this.#random.next32() / 0x100000000 - 0.5) * Math.sqrt(12);
    }
  }

  /** What the user did with a shown item, in the order of SIGNALS. */
  #react(user: SynthUser, item: SynthItem): number[] {
    const random = this.#random;
    const follows = user.follows.has(item.author);
    const utility =
      0.9 * (user.taste[item.category] ?? 0) +
      0.6 * item.quality +
      (follows ? 0.5 : 0) -
      (item.language === null || item.language === user.language ? 0 : 0.8) +
      0.4 * random.normal();
    const does = (logit: number): number => (random.chance(logistic(logit)) ? 1 : 0);
    const share = Math.min(
      1,
      1.3 * logistic(0.8 * utility + 0.5 * item.appeal + 0.6 * random.normal() - 0.6),
    );
    const played = Math.round(item.durationMs * share);
    return [
      does(1.1 * utility + 0.2 * item.appeal - 2.8),
      does(-0.6 * utility + 0.3 * item.appeal + (item.label === null ? 0 : 2.4) - 5),
      follows ? 0 : does(utility - 5),
      does(0.4 * utility + 0.5 * item.appeal - 4.2),
      does(0.8 * utility - 4.5),
      share >= 0.7 || played >= 18_000 ? 1 : 0,
      played,
    ];
  }
}

/** The logging policy's score: it likes what pulls, and knows nothing of policy labels. */
function loggedScore(features: readonly number[]): number {
  const [topic = 0, , network = 0, quality = 0, appeal = 0] = features;
  return 0.8 * topic + 0.4 * network + 0.5 * quality + 0.5 * appeal;
}

const logistic = (value: number): number => 1 / (1 + Math.exp(-value));
