import type { Database } from 'better-sqlite3';
import { z } from 'zod';

const Stored = z.object({ id: z.union([z.bigint(), z.string()]), outcome: z.string() });
const Feeds = z.object({
  requestId: z.string(),
  baseline: z.array(z.string()),
  candidate: z.array(z.string()),
});
export type KeptFeeds = z.infer<typeof Feeds>;

/** Requests of one page: a few milliseconds of work. */
const PAGE = 500;

/** Both feeds of every request of a replay, a page at a time in the order of request ids; other work goes between. */
export function* keptFeeds(db: Database, replayId: string): Generator<KeptFeeds[]> {
  const first = db.prepare<[string]>(
    `SELECT request_id AS id, outcome FROM replay_request WHERE replay_id = ? ORDER BY request_id LIMIT ${PAGE}`,
  );
  const next = db.prepare<[string, bigint | string]>(
    `SELECT request_id AS id, outcome FROM replay_request WHERE replay_id = ? AND request_id > ?
     ORDER BY request_id LIMIT ${PAGE}`,
  );
  let last: bigint | string | null = null;
  for (;;) {
    const found: unknown[] =
      last === null ? first.safeIntegers().all(replayId) : next.safeIntegers().all(replayId, last);
    const rows = z.array(Stored).parse(found);
    if (rows.length > 0) yield rows.map(({ outcome }) => Feeds.parse(JSON.parse(outcome)));
    if (rows.length < PAGE) return;
    last = rows.at(-1)?.id ?? null;
  }
}
