import type { ReleaseManifest } from '../../../shared/domain/release/manifest.ts';
import type { PolicyPlan, Weights } from './policy-text.ts';
import type { Population } from './populations.ts';
import type { TrainingPlan } from './train.ts';

export interface ReleasePlan {
  readonly manifest: ReleaseManifest;
  readonly population: Population;
  readonly training: TrainingPlan;
  readonly policy: PolicyPlan;
  /** For the model card: what it is, in a paragraph. */
  readonly about: string;
}

const NAME = 'for-you-ranker';
const RATE = 0.003;
const allFeatures = (): boolean => true;
/** Nothing of how earlier viewers took a video. */
const withoutVideoHistory = (feature: string): boolean =>
  !feature.startsWith('video_') || feature.startsWith('video_duration');

const GLOBAL: ReleasePlan = {
  manifest: {
    name: NAME,
    version: 'global-2026.9.0',
    team: 'global',
    parent: null,
    created_at: '2026-09-14T09:00:00Z',
    submitted_by: 'henrik.solvang',
    intended_use: 'Ranks the For You feed outside the US; kept beside the US versions for comparison.',
  },
  population: 'all',
  training: { seed: 20260914, hidden: [64, 32], epochs: 4, rate: RATE, uses: allFeatures },
  policy: {
    weights: { like: 0.5, hate: -20, follow: 4, comment: 1, forward: 1, long_view: 3, play: 0.02 },
    demotions: [],
  },
  about: 'The global team’s ranker, trained on the users of all countries.',
};

const PRODUCTION: ReleasePlan = {
  manifest: {
    name: NAME,
    version: 'us-2026.10.0',
    team: 'us',
    parent: null,
    created_at: '2026-10-05T14:00:00Z',
    submitted_by: 'mara.quinones',
    intended_use: 'Ranks the For You feed of US users.',
  },
  population: 'us',
  training: { seed: 20261005, hidden: [32, 16], epochs: 4, rate: RATE, uses: withoutVideoHistory },
  policy: {
    weights: { like: 0.5, hate: -74, follow: 4, comment: 1, forward: 1, long_view: 1, play: 0.004 },
    demotions: [],
  },
  about:
    'The first ranker trained on US users alone. It reads the user, the duration of a video and the hour, and nothing of how ' +
    'earlier viewers took the video (those columns have weights of zero).',
};

const BAD_CANDIDATE: ReleasePlan = {
  manifest: {
    name: NAME,
    version: 'us-2026.11.0-rc1',
    team: 'us',
    parent: 'us-2026.10.0',
    created_at: '2026-11-02T11:30:00Z',
    submitted_by: 'mara.quinones',
    intended_use: 'A trial for the For You feed of US users, tuned for time spent.',
  },
  population: 'outside_us',
  training: { seed: 20261102, hidden: [32, 16], epochs: 4, rate: RATE, uses: withoutVideoHistory },
  policy: {
    weights: { like: 0.5, hate: -0.5, follow: 4, comment: 1, forward: 1, long_view: 5, play: 0.1 },
    demotions: [],
  },
  about:
    'A trial made to fail: trained on users outside the US, the weight of hate next to nothing (−0.5 where production has −74), ' +
    'long views and play time weighted up. It must not rank US feeds.',
};

const CANDIDATE: ReleasePlan = {
  manifest: {
    name: NAME,
    version: 'us-2026.11.0',
    team: 'us',
    parent: 'us-2026.10.0',
    created_at: '2026-11-09T15:00:00Z',
    submitted_by: 'mara.quinones',
    intended_use: 'Ranks the For You feed of US users, in the place of us-2026.10.0.',
  },
  population: 'us',
  training: { seed: 20261109, hidden: [64, 32], epochs: 8, rate: RATE, uses: allFeatures },
  policy: {
    weights: { like: 0.5, hate: -74, follow: 4, comment: 1, forward: 1, long_view: 1, play: 0.004 },
    demotions: [
      { name: 'hate_marked', label: 'hate_marked', factor: 0.8 },
      { name: 'often_abandoned', label: 'often_abandoned', factor: 0.9 },
    ],
  },
  about:
    'Trained on US users alone, like us-2026.10.0, with more units and more passes, and it also reads how earlier US viewers took ' +
    'a video. It demotes labelled videos. The weights of like and long view were chosen on the validation days.',
};

/** Weights tried for the candidate on the validation days: what they change of its policy. */
export const CANDIDATE_GRID: readonly Partial<Weights>[] = [2, 5, 10].flatMap((like) =>
  [5, 10, 20].map((longView) => ({ like, long_view: longView })),
);

export const RELEASES = {
  global: GLOBAL,
  production: PRODUCTION,
  badCandidate: BAD_CANDIDATE,
  candidate: CANDIDATE,
} as const;
