import type { Outcome } from './log.ts';

/** A head's name in a policy. */
export type HeadName = 'like' | 'hate' | 'follow' | 'comment' | 'forward' | 'long_view' | 'play';

export interface Head {
  readonly name: HeadName;
  /** Of the model. */
  readonly output: string;
  readonly kind: 'probability' | 'expectation';
  readonly title: string;
  /** What the head learns: 0 or 1, or play time in units of `PLAY_UNIT_MS`. */
  readonly target: (outcome: Outcome) => number;
  /** The column of the popularity baseline for this head. */
  readonly popularity: { readonly feature: string; readonly sign: 1 | -1 };
}

/** Play time is learned in units of ten seconds and counted up to five minutes. */
export const PLAY_UNIT_MS = 10_000;
const PLAY_CAP_MS = 300_000;

/** The model's outputs in order: probabilities first, then the one expectation. */
export const HEADS: readonly Head[] = [
  {
    name: 'like',
    output: 'p_like',
    kind: 'probability',
    title: 'like',
    target: ({ like }) => like,
    popularity: { feature: 'video_hate_rate', sign: -1 },
  },
  {
    name: 'hate',
    output: 'p_hate',
    kind: 'probability',
    title: 'hate',
    target: ({ hate }) => hate,
    popularity: { feature: 'video_hate_rate', sign: 1 },
  },
  {
    name: 'follow',
    output: 'p_follow',
    kind: 'probability',
    title: 'follow',
    target: ({ follow }) => follow,
    popularity: { feature: 'video_follow_rate', sign: 1 },
  },
  {
    name: 'comment',
    output: 'p_comment',
    kind: 'probability',
    title: 'comment',
    target: ({ comment }) => comment,
    popularity: { feature: 'video_comment_rate', sign: 1 },
  },
  {
    name: 'forward',
    output: 'p_forward',
    kind: 'probability',
    title: 'forward',
    target: ({ forward }) => forward,
    popularity: { feature: 'video_forward_rate', sign: 1 },
  },
  {
    name: 'long_view',
    output: 'p_long_view',
    kind: 'probability',
    title: 'long view',
    target: ({ longView }) => longView,
    popularity: { feature: 'video_long_view_rate', sign: 1 },
  },
  {
    name: 'play',
    output: 'e_play_ms',
    kind: 'expectation',
    title: 'play time',
    target: ({ playMs }) => Math.min(playMs, PLAY_CAP_MS) / PLAY_UNIT_MS,
    popularity: { feature: 'video_play_mean', sign: 1 },
  },
];
