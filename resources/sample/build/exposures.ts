import type { LogRow, Outcome } from './log.ts';

/** A video in one user's day. A video shown to the user several times that day is one exposure. */
export interface Exposure {
  readonly userId: string;
  readonly videoId: string;
  readonly day: string;
  /** When it was first shown that day. */
  readonly shownMs: number;
  /** When it was last shown that day: before this its outcome is not known. */
  readonly lastShownMs: number;
  readonly durationMs: number;
  /** Of all its showings: a mark made at any of them, amounts summed. */
  readonly outcome: Outcome;
  readonly rows: readonly LogRow[];
}

/** The log as exposures, by first showing; equal times in the order of user, then of the log. */
export function mergeExposures(log: readonly LogRow[]): Exposure[] {
  const groups = new Map<string, LogRow[]>();
  const byTime = log.toSorted((a, b) => a.timeMs - b.timeMs || Number(a.userId) - Number(b.userId));
  for (const row of byTime) {
    const key = `${row.userId} ${row.day} ${row.videoId}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()].map(merge);
}

function merge(rows: readonly LogRow[]): Exposure {
  const [first] = rows;
  const last = rows.at(-1);
  if (first === undefined || last === undefined) throw new RangeError('An exposure has at least one row.');
  return {
    userId: first.userId,
    videoId: first.videoId,
    day: first.day,
    shownMs: first.timeMs,
    lastShownMs: last.timeMs,
    durationMs: first.durationMs,
    outcome: rows.map((row) => row.outcome).reduce(mergeOutcomes),
    rows,
  };
}

const mergeOutcomes = (a: Outcome, b: Outcome): Outcome => ({
  like: Math.max(a.like, b.like),
  hate: Math.max(a.hate, b.hate),
  follow: Math.max(a.follow, b.follow),
  comment: Math.max(a.comment, b.comment),
  forward: Math.max(a.forward, b.forward),
  longView: Math.max(a.longView, b.longView),
  click: Math.max(a.click, b.click),
  profileEnter: Math.max(a.profileEnter, b.profileEnter),
  playMs: a.playMs + b.playMs,
  commentStayMs: a.commentStayMs + b.commentStayMs,
});

/** Exposures by their day, days in order, each day's exposures in the order given. */
export function byDay(exposures: readonly Exposure[]): Map<string, Exposure[]> {
  const days = [...new Set(exposures.map((exposure) => exposure.day))].toSorted();
  const groups = new Map(days.map((day): [string, Exposure[]] => [day, []]));
  for (const exposure of exposures) groups.get(exposure.day)?.push(exposure);
  return groups;
}

/**
 * When a day began: the first showing to anyone of anything that the log counts to that day or a later one. It counts
 * showings late in the evening to the next day, so midnight would not do. Infinity when there is none.
 */
export function dayStart(exposures: readonly Exposure[], day: string): number {
  return exposures.reduce(
    (earliest, one) => (one.day >= day ? Math.min(earliest, one.shownMs) : earliest),
    Infinity,
  );
}
