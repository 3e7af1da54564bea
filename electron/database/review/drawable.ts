import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { Drawable } from '../../../shared/domain/review/draw.ts';

const yes = z.int().transform((flag) => flag === 1);
const Rows = z.array(
  z.object({
    requestId: z.string(),
    rbo: z.number(),
    labelled: z.int(),
    requestedAt: z.string(),
    candidates: z.int(),
    changed: yes,
    firstChanged: yes,
  }),
);

/** Every request of a replay, in order of its id, as a campaign draws from them. */
export function drawableRequests(db: Database, replayId: string): Drawable[] {
  return Rows.parse(
    db
      .prepare(
        `SELECT CAST(request_id AS TEXT) AS requestId, rbo, labelled_candidate AS labelled, requested_at AS requestedAt,
           candidates, (overlap < 1 OR largest_move > 0) AS changed, first_changed AS firstChanged
         FROM replay_request WHERE replay_id = ? ORDER BY request_id`,
      )
      .all(replayId),
  );
}
