import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { Drawable } from '../../../shared/domain/review/draw.ts';

const Rows = z.array(z.object({ requestId: z.string(), rbo: z.number(), labelled: z.int() }));

/** Every request of a replay, in order of its id, as a campaign draws from them. */
export function drawableRequests(db: Database, replayId: string): Drawable[] {
  return Rows.parse(
    db
      .prepare(
        `SELECT CAST(request_id AS TEXT) AS requestId, rbo, labelled_candidate AS labelled
         FROM replay_request WHERE replay_id = ? ORDER BY request_id`,
      )
      .all(replayId),
  );
}
