import type { QueueRow } from '../../../shared/contract/review/queues.ts';
import { notFound, refused } from '../../../shared/domain/error.ts';
import { dropQueue, listQueues, putQueue, queueCounts, routeFeeds } from '../../database/review/queues.ts';
import type { Part, ReviewContext } from './context.ts';

/** Queues with their counts. A change of a rule routes every feed anew; who holds a feed keeps it. */
export function queuesService({
  workspace: { db },
  log,
  session,
  now,
  changed,
}: ReviewContext): Part<'queues' | 'saveQueue' | 'removeQueue'> {
  const rows = (): QueueRow[] => {
    const at = now();
    return listQueues(db).map((queue) => Object.assign({}, queue, queueCounts(db, queue.id, at)));
  };
  return {
    queues: async () => rows(),
    async saveQueue(queue) {
      const { reviewer } = session.require();
      db.transaction(() => {
        if (listQueues(db).some(({ id, name }) => name === queue.name && id !== queue.id))
          throw refused(`There is a queue “${queue.name}” already; choose another name.`);
        putQueue(db, queue);
        routeFeeds(db);
        const { id, ...body } = queue;
        log.append({ at: now(), actor: reviewer.person, action: 'review.queue', subject: id, body });
      }).immediate();
      changed('review', 'audit');
      return rows();
    },
    async removeQueue({ id }) {
      const { reviewer } = session.require();
      db.transaction(() => {
        if (!dropQueue(db, id)) throw notFound('The queue is gone already; read the list again.');
        routeFeeds(db);
        log.append({
          ...{ at: now(), actor: reviewer.person, action: 'review.queue.remove', subject: id, body: {} },
        });
      }).immediate();
      changed('review', 'audit');
      return rows();
    },
  };
}
