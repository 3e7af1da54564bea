import type { Feature, Signal } from '../../../../shared/domain/snapshot/meta.ts';

const NAMED: readonly Feature[] = [
  { name: 'topic_affinity', description: 'Estimated liking of the user for the item’s category.' },
  { name: 'author_affinity', description: 'Estimated liking of the user for the author.' },
  { name: 'in_network', description: '1 when the user follows the author, else 0.' },
  { name: 'item_quality', description: 'Estimated quality of the item.' },
  { name: 'item_appeal', description: 'Estimated pull of the item, good or bad.' },
  { name: 'item_views_log', description: 'ln(1 + views of the item before the request).' },
  { name: 'item_age_days', description: 'Days between upload and request.' },
  { name: 'duration_log', description: 'ln(duration in seconds).' },
  { name: 'language_match', description: '1 when item and user share a language, else 0.' },
  { name: 'user_activity_log', description: 'ln(videos a day of the user).' },
  { name: 'account_age_log', description: 'ln(1 + days since the user joined).' },
  { name: 'item_trend', description: 'Views per day of age, as a logarithm.' },
  {
    name: 'topic_is_favourite',
    description: '1 when the category is one of the user’s three favourites, else 0.',
  },
  { name: 'quality_times_topic', description: 'item_quality × topic_affinity.' },
  { name: 'hour_sin', description: 'Sine of the hour of the day (UTC) as an angle.' },
  { name: 'hour_cos', description: 'Cosine of the hour of the day (UTC) as an angle.' },
];

/** The first `count` features; those beyond the sixteen with a meaning are noise and say so. */
export function featureColumns(count: number): Feature[] {
  return Array.from(
    { length: count },
    (_, at) =>
      NAMED[at] ?? {
        name: `noise_${at + 1}`,
        description: 'Uniform noise of unit variance; it carries nothing.',
      },
  );
}

export const SIGNALS = [
  { name: 'like', kind: 'binary', polarity: 1, description: 'The user liked the video.' },
  { name: 'hate', kind: 'binary', polarity: -1, description: 'The user asked for less of this.' },
  { name: 'follow', kind: 'binary', polarity: 1, description: 'The user followed the author.' },
  { name: 'comment', kind: 'binary', polarity: 0, description: 'The user commented.' },
  { name: 'forward', kind: 'binary', polarity: 1, description: 'The user sent the video on.' },
  {
    name: 'long_view',
    kind: 'binary',
    polarity: 1,
    description: 'The user watched 70 % of the video or 18 seconds.',
  },
  { name: 'play_time_ms', kind: 'amount', polarity: 1, description: 'Milliseconds watched.' },
] as const satisfies readonly Signal[];
