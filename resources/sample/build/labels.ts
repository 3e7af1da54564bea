import type { NewLabel } from '../../../electron/database/snapshot/writer.ts';
import type { Exposure } from './exposures.ts';

interface LabelRule {
  readonly label: string;
  readonly happened: (exposure: Exposure) => boolean;
  /** Fewest different users with whom it happened. */
  readonly users: number;
  /** Fewest different users the video was shown to. */
  readonly viewers: number;
  /** Least smoothed share of viewers with whom it happened. */
  readonly share: number;
  readonly words: string;
}

const ABANDONED_MS = 3000;
/** A share is drawn towards the share of all videos as if by this many viewers. */
const STRENGTH = 10;

const hated = ({ outcome }: Exposure): boolean => outcome.hate === 1;

const LABEL_RULES: readonly LabelRule[] = [
  {
    label: 'hate_marked',
    happened: hated,
    users: 1,
    viewers: 1,
    share: 0.08,
    words:
      'at least one user marked the video as hated, and the smoothed share of its viewers who did is 0.08 or more',
  },
  {
    label: 'often_hated',
    happened: hated,
    users: 2,
    viewers: 2,
    share: 0.08,
    words:
      'at least two users marked the video as hated, and the smoothed share of its viewers who did is 0.08 or more',
  },
  {
    label: 'often_abandoned',
    happened: ({ outcome }) => outcome.playMs < ABANDONED_MS,
    users: 2,
    viewers: 5,
    share: 0.3,
    words:
      'the video was shown to at least five users, and the smoothed share who played less than three seconds is 0.3 or more',
  },
];

/**
 * Labels of videos, counted over the exposures given and nothing else; `before` is the day that ends them, for the
 * source text. Confidence is the smoothed share (happened + 10·p) / (viewers + 10), p the share over all videos.
 */
export function labelVideos(exposures: readonly Exposure[], before: string): NewLabel[] {
  return LABEL_RULES.flatMap((rule) => {
    const videos = viewersByVideo(exposures, rule.happened);
    const counts = [...videos.values()];
    const all = counts.reduce((sum, { viewers }) => sum + viewers.size, 0);
    const prior = counts.reduce((sum, { affected }) => sum + affected.size, 0) / all;
    const source = `KuaiRand, all users' marks and play times before ${before}: ${rule.words}`;
    return [...videos].flatMap(([itemId, { viewers, affected }]) => {
      const confidence = (affected.size + STRENGTH * prior) / (viewers.size + STRENGTH);
      const enough = affected.size >= rule.users && viewers.size >= rule.viewers && confidence >= rule.share;
      return enough ? [{ itemId, label: rule.label, source, confidence }] : [];
    });
  });
}

interface Viewers {
  readonly viewers: Set<string>;
  readonly affected: Set<string>;
}

function viewersByVideo(
  exposures: readonly Exposure[],
  happened: LabelRule['happened'],
): Map<string, Viewers> {
  const videos = new Map<string, Viewers>();
  for (const exposure of exposures) {
    const video = videos.get(exposure.videoId) ?? { viewers: new Set(), affected: new Set() };
    videos.set(exposure.videoId, video);
    video.viewers.add(exposure.userId);
    if (happened(exposure)) video.affected.add(exposure.userId);
  }
  return videos;
}
