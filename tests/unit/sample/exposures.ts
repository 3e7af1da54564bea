import type { Exposure } from '../../../resources/sample/build/exposures.ts';
import type { Outcome } from '../../../resources/sample/build/log.ts';

export const LIKED: Outcome = {
  like: 1,
  hate: 0,
  follow: 0,
  comment: 0,
  forward: 0,
  longView: 1,
  click: 1,
  profileEnter: 0,
  playMs: 20_000,
  commentStayMs: 0,
};

export const HATED: Outcome = { ...LIKED, like: 0, hate: 1, longView: 0, click: 0, playMs: 500 };

/** One showing, liked, at noon UTC unless told otherwise. */
export function exposure(
  day: string,
  userId: string,
  videoId: string,
  over: Partial<Exposure> = {},
): Exposure {
  const shownMs = Date.parse(`${day}T12:00:00Z`);
  return {
    userId,
    videoId,
    day,
    shownMs,
    lastShownMs: over.shownMs ?? shownMs,
    durationMs: 15_000,
    outcome: LIKED,
    rows: [],
    ...over,
  };
}
