import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { Stratum } from '../../../shared/domain/review/campaign.ts';
import { QueueRule, queueOf, type Queue } from '../../../shared/domain/review/queue.ts';
import { prepared } from '../prepared.ts';
import { parsedJson } from './parsed-json.ts';

const Row = z.object({ id: z.string(), name: z.string(), priority: z.int(), rule: parsedJson(QueueRule) });

/** Every queue, the most urgent first. */
export function listQueues(db: Database): Queue[] {
  return z
    .array(Row)
    .parse(
      db.prepare('SELECT id, name, priority, rule FROM review_queue ORDER BY priority DESC, name').all(),
    );
}

export function putQueue(db: Database, { id, name, priority, rule }: Queue): void {
  db.prepare(
    `INSERT INTO review_queue (id, name, priority, rule) VALUES (?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, priority = excluded.priority, rule = excluded.rule`,
  ).run(id, name, priority, JSON.stringify(rule));
}

export const dropQueue = (db: Database, id: string): boolean =>
  db.prepare('DELETE FROM review_queue WHERE id = ?').run(id).changes === 1;

/** The priority of feeds that no queue takes. */
const UNROUTED = 50;

/** Puts every feed, or those of one campaign, into the queue whose rule takes it. */
export function routeFeeds(db: Database, campaign: string | null = null): void {
  const queues = listQueues(db);
  const terms = z
    .array(
      z.object({ id: z.string(), mode: z.enum(['open', 'blind']), strata: parsedJson(z.array(Stratum)) }),
    )
    .parse(
      db
        .prepare(
          `SELECT id, mode, head -> '$.strata' AS strata FROM review_campaign WHERE :campaign IS NULL OR id = :campaign`,
        )
        .all({ campaign }),
    );
  const kinds = db.prepare(
    'SELECT DISTINCT stratum, labelled, second FROM review_feed WHERE campaign_id = ?',
  );
  const route = db.prepare(
    `UPDATE review_feed SET queue_id = :queue, priority = :priority
     WHERE campaign_id = :id AND stratum = :stratum AND labelled = :labelled AND second = :second`,
  );
  for (const { id, mode, strata } of terms) {
    for (const { stratum, labelled, second } of z.array(Kind).parse(kinds.all(id))) {
      const method = strata[stratum]?.method ?? 'uniform';
      const queue = queueOf(queues, { campaign: id, method, mode, labelled, second: second === 1 });
      route.run({
        ...{ id, stratum, labelled, second },
        ...{ queue: queue?.id ?? null, priority: queue?.priority ?? UNROUTED },
      });
    }
  }
}

const Kind = z.object({ stratum: z.int(), labelled: z.int(), second: z.int() });

const Counts = z.object({
  waiting: z.int(),
  held: z.int(),
  done: z.int(),
  oldest: z.string().nullable(),
  due: z.string().nullable(),
});

/**
 * How many feeds of a queue wait for a reviewer, are held by one now and are done; since when the oldest waits. Whoever
 * holds a golden feed counts as holding one, or they would know it by that.
 */
export function queueCounts(db: Database, id: string, now: string): z.infer<typeof Counts> {
  return Counts.parse(
    prepared(
      db,
      `SELECT coalesce(sum(t.waiting), 0) AS waiting, coalesce(sum(t.done), 0) AS done,
         (SELECT count(*) FROM (SELECT DISTINCT a.campaign_id, a.feed
           FROM review_assignment a INDEXED BY review_assignment_held
           CROSS JOIN review_feed f ON f.campaign_id = a.campaign_id AND f.feed = a.feed
           WHERE a.state IN ('working', 'held') AND a.lease_until > :now
             AND f.queue_id = :id AND f.open = 1)) AS held,
         (SELECT waiting_since FROM review_feed WHERE queue_id = :id AND open = 1 AND golden = 0
          ORDER BY waiting_since LIMIT 1) AS oldest,
         min(c.due) FILTER (WHERE t.open > 0) AS due
       FROM review_queue_tally t JOIN review_campaign c ON c.id = t.campaign_id WHERE t.queue_id = :id`,
    ).get({ id, now }),
  );
}
