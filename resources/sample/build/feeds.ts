import type { Example } from './features.ts';

/** One user's day with at least this many different videos is a feed request. */
const LEAST_CANDIDATES = 5;

/** A user's day as one request: its videos in the order in which they were first shown. */
export interface Feed {
  readonly requestId: string;
  readonly userId: string;
  readonly requestedMs: number;
  readonly candidates: readonly Example[];
}

/** The user-days among the examples that are long enough, by request id. */
export function groupFeeds(examples: readonly Example[]): Feed[] {
  const groups = new Map<string, Example[]>();
  for (const example of examples) {
    const { day, userId } = example.exposure;
    const requestId = `${day.replaceAll('-', '')}-${userId}`;
    const group = groups.get(requestId);
    if (group === undefined) groups.set(requestId, [example]);
    else group.push(example);
  }
  const feeds: Feed[] = [];
  for (const [requestId, candidates] of groups) {
    const [first] = candidates;
    if (first === undefined || candidates.length < LEAST_CANDIDATES) continue;
    feeds.push({ requestId, userId: first.exposure.userId, requestedMs: first.exposure.shownMs, candidates });
  }
  return feeds.toSorted((a, b) => (a.requestId < b.requestId ? -1 : 1));
}
