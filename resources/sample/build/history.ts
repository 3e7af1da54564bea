import type { Exposure } from './exposures.ts';

/** Counts over past exposures of one user, one video or all. */
export interface Totals {
  events: number;
  hate: number;
  follow: number;
  comment: number;
  forward: number;
  longView: number;
  click: number;
  /** Sum of ln(1 + seconds played). */
  play: number;
}

export type Rate = Exclude<keyof Totals, 'events'>;

const NOTHING: Readonly<Totals> = {
  events: 0,
  hate: 0,
  follow: 0,
  comment: 0,
  forward: 0,
  longView: 0,
  click: 0,
  play: 0,
};

/** Upper ends of the duration buckets in milliseconds; the last has none, and an unknown duration is one of its own. */
const BUCKET_ENDS_MS = [10_000, 20_000, 60_000];

function durationBucket(durationMs: number): string {
  if (durationMs === 0) return 'unknown';
  const at = BUCKET_ENDS_MS.findIndex((end) => durationMs < end);
  return String(at === -1 ? BUCKET_ENDS_MS.length : at);
}

/** What is known of users and videos from the exposures added so far. */
export class History {
  readonly all: Totals = { ...NOTHING };
  readonly #users = new Map<string, Totals>();
  readonly #videos = new Map<string, Totals>();
  readonly #tastes = new Map<string, Totals>();

  add(exposure: Exposure): void {
    const { userId, videoId, durationMs } = exposure;
    count(this.all, exposure);
    count(entry(this.#users, userId), exposure);
    count(entry(this.#videos, videoId), exposure);
    count(entry(this.#tastes, taste(userId, durationMs)), exposure);
  }

  user(userId: string): Readonly<Totals> {
    return this.#users.get(userId) ?? NOTHING;
  }

  video(videoId: string): Readonly<Totals> {
    return this.#videos.get(videoId) ?? NOTHING;
  }

  /** Of the user with videos in the same bucket of duration. */
  taste(userId: string, durationMs: number): Readonly<Totals> {
    return this.#tastes.get(taste(userId, durationMs)) ?? NOTHING;
  }
}

const taste = (userId: string, durationMs: number): string => `${userId} ${durationBucket(durationMs)}`;

function entry(map: Map<string, Totals>, key: string): Totals {
  const found = map.get(key) ?? { ...NOTHING };
  map.set(key, found);
  return found;
}

function count(totals: Totals, { outcome }: Exposure): void {
  totals.events += 1;
  totals.hate += outcome.hate;
  totals.follow += outcome.follow;
  totals.comment += outcome.comment;
  totals.forward += outcome.forward;
  totals.longView += outcome.longView;
  totals.click += outcome.click;
  totals.play += Math.log1p(outcome.playMs / 1000);
}

/** (count + strength · prior) / (events + strength): the rate, drawn towards `prior` while events are few. */
export function smoothed(totals: Readonly<Totals>, rate: Rate, prior: number, strength: number): number {
  return (totals[rate] + strength * prior) / (totals.events + strength);
}
