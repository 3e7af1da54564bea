import type { Feature } from '../../../shared/domain/snapshot/meta.ts';
import { byDay, dayStart, type Exposure } from './exposures.ts';
import { History, smoothed, type Rate } from './history.ts';
import type { User } from './users.ts';

interface Known {
  readonly exposure: Exposure;
  readonly user: User;
  readonly history: History;
  /** When the user's first video of the day was shown. */
  readonly requestedMs: number;
}

interface Definition extends Feature {
  readonly value: (known: Known) => number;
}

/** How many exposures' worth of the rate above it a rate is drawn towards. */
const STRENGTH = { user: 10, video: 10, taste: 10 };
const ACTIVITY: Readonly<Record<string, number>> = { full_active: 3, high_active: 2, middle_active: 1 };
const HOUR_MS = 3_600_000;
const CHINA_OFFSET_HOURS = 8;

const overall = (history: History, rate: Rate): number =>
  history.all.events === 0 ? 0 : history.all[rate] / history.all.events;
const userRate = ({ history, exposure }: Known, rate: Rate): number =>
  smoothed(history.user(exposure.userId), rate, overall(history, rate), STRENGTH.user);
const videoRate = ({ history, exposure }: Known, rate: Rate): number =>
  smoothed(history.video(exposure.videoId), rate, overall(history, rate), STRENGTH.video);
const tasteRate = (known: Known, rate: Rate): number => {
  const { userId, durationMs } = known.exposure;
  return smoothed(known.history.taste(userId, durationMs), rate, userRate(known, rate), STRENGTH.taste);
};
const hourAngle = ({ requestedMs }: Known): number =>
  (2 * Math.PI * (Math.floor(requestedMs / HOUR_MS + CHINA_OFFSET_HOURS) % 24)) / 24;

const RATES: readonly { rate: Rate; name: string; words: string }[] = [
  { rate: 'hate', name: 'hate_rate', words: 'share marked as hated' },
  { rate: 'follow', name: 'follow_rate', words: 'share that led to following the author' },
  { rate: 'comment', name: 'comment_rate', words: 'share commented on' },
  { rate: 'forward', name: 'forward_rate', words: 'share forwarded' },
  { rate: 'longView', name: 'long_view_rate', words: 'share viewed long' },
  { rate: 'play', name: 'play_mean', words: 'mean of ln(1 + seconds played)' },
];

const DEFINITIONS: readonly Definition[] = [
  {
    name: 'user_events',
    description: 'ln(1 + videos shown to the user before the day)',
    value: ({ history, exposure }) => Math.log1p(history.user(exposure.userId).events),
  },
  ...RATES.map(({ rate, name, words }): Definition => ({
    name: `user_${name}`,
    description: `the user's past videos: ${words}, smoothed`,
    value: (known) => userRate(known, rate),
  })),
  {
    name: 'user_register_days',
    description: 'ln(1 + days since the user registered)',
    value: ({ user }) => Math.log1p(user.registerDays),
  },
  {
    name: 'user_followers',
    description: 'ln(1 + followers of the user)',
    value: ({ user }) => Math.log1p(user.followers),
  },
  {
    name: 'user_activity',
    description: '3 full_active, 2 high_active, 1 middle_active, 0 any other degree of activity',
    value: ({ user }) => ACTIVITY[user.activity] ?? 0,
  },
  {
    name: 'video_events',
    description: 'ln(1 + users the video was shown to before the day)',
    value: ({ history, exposure }) => Math.log1p(history.video(exposure.videoId).events),
  },
  ...RATES.map(({ rate, name, words }): Definition => ({
    name: `video_${name}`,
    description: `past exposures of the video: ${words}, smoothed`,
    value: (known) => videoRate(known, rate),
  })),
  {
    name: 'video_duration',
    description: 'ln(1 + seconds the video lasts); 0 where the log does not know it',
    value: ({ exposure }) => Math.log1p(exposure.durationMs / 1000),
  },
  {
    name: 'video_duration_unknown',
    description: '1 where the log does not know how long the video lasts',
    value: ({ exposure }) => (exposure.durationMs === 0 ? 1 : 0),
  },
  {
    name: 'taste_hate_rate',
    description: "the user's past videos of about this duration: share marked as hated, smoothed",
    value: (known) => tasteRate(known, 'hate'),
  },
  {
    name: 'taste_long_view_rate',
    description: "the user's past videos of about this duration: share viewed long, smoothed",
    value: (known) => tasteRate(known, 'longView'),
  },
  {
    name: 'taste_play_mean',
    description: "the user's past videos of about this duration: mean of ln(1 + seconds played), smoothed",
    value: (known) => tasteRate(known, 'play'),
  },
  {
    name: 'hour_sin',
    description: 'sine of the hour in China at which the feed was requested',
    value: (known) => Math.sin(hourAngle(known)),
  },
  {
    name: 'hour_cos',
    description: 'cosine of the hour in China at which the feed was requested',
    value: (known) => Math.cos(hourAngle(known)),
  },
];

/** In the order of the model's input columns. */
export const FEATURES: readonly Feature[] = DEFINITIONS.map(({ name, description }) => ({
  name,
  description,
}));

/** An exposure with its features, float32, in the order of `FEATURES`. */
export interface Example {
  readonly exposure: Exposure;
  readonly features: Float32Array;
}

/**
 * Features of every exposure, in order of day. They use the user table, what was known at the request (who, which
 * video, when) and the outcomes of exposures last shown strictly before the day began, see `dayStart`.
 */
export function computeFeatures(exposures: readonly Exposure[], users: ReadonlyMap<string, User>): Example[] {
  const history = new History();
  const past = exposures.toSorted((a, b) => a.lastShownMs - b.lastShownMs);
  let known = 0;
  return [...byDay(exposures)].flatMap(([day, ofTheDay]) => {
    const start = dayStart(exposures, day);
    for (let next = past[known]; next !== undefined && next.lastShownMs < start; next = past[++known])
      history.add(next);
    const requested = firstShown(ofTheDay);
    return ofTheDay.map((exposure): Example => {
      const user = users.get(exposure.userId);
      if (user === undefined) throw new Error(`User ${exposure.userId} of the log is not in the user table.`);
      const requestedMs = requested.get(exposure.userId) ?? exposure.shownMs;
      const context: Known = { exposure, user, history, requestedMs };
      return { exposure, features: Float32Array.from(DEFINITIONS, ({ value }) => value(context)) };
    });
  });
}

/** When each user's first video of the day was shown. */
function firstShown(ofTheDay: readonly Exposure[]): Map<string, number> {
  const first = new Map<string, number>();
  for (const { userId, shownMs } of ofTheDay)
    first.set(userId, Math.min(shownMs, first.get(userId) ?? Infinity));
  return first;
}
