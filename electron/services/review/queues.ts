import type { QueueRow } from '../../../shared/contract/review/queues.ts';
import { notFound, refused } from '../../../shared/domain/error.ts';
import type { Queue } from '../../../shared/domain/review/queue.ts';
import { dropQueue, listQueues, putQueue, queueCounts, routeFeeds } from '../../database/review/queues.ts';
import type { Part, ReviewContext } from './context.ts';
import { requireFresh, requireUnchanged, type Fact } from './fresh.ts';

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
    async saveQueue({ was, ...queue }) {
      const { reviewer } = session.require();
      db.transaction(() => {
        const queues = listQueues(db);
        requireFresh(
          'queue',
          was,
          queues.find(({ id }) => id === queue.id),
          factsOf,
        );
        if (queues.some(({ id, name }) => name === queue.name && id !== queue.id))
          throw refused(`There is a queue “${queue.name}” already; choose another name.`);
        putQueue(db, queue);
        routeFeeds(db);
        const { id, ...body } = queue;
        log.append({ at: now(), actor: reviewer.person, action: 'review.queue', subject: id, body });
      }).immediate();
      changed('review', 'audit');
      return rows();
    },
    async removeQueue({ was }) {
      const { reviewer } = session.require();
      const { id } = was;
      db.transaction(() => {
        const is = listQueues(db).find((queue) => queue.id === id);
        if (is === undefined) throw notFound('The queue is gone already; read the list again.');
        requireUnchanged('queue', was, is, factsOf);
        dropQueue(db, id);
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

const factsOf = ({ name, priority, rule }: Queue): Fact[] => [
  ['name', name, `“${name}”`],
  ['priority', priority, String(priority)],
  ['rule', rule, ruleWords(rule)],
];

function ruleWords({ campaigns, methods, mode, labelledAtLeast, second }: Queue['rule']): string {
  const parts = [
    ...(campaigns.length === 0 ? [] : [`of ${campaigns.length} campaigns`]),
    ...(methods.length === 0 ? [] : [`drawn as ${methods.join(' or ')}`]),
    ...(mode === null ? [] : [mode]),
    ...(labelledAtLeast === 0 ? [] : [`with at least ${labelledAtLeast} labelled items`]),
    ...(second ? ['for a second review'] : []),
  ];
  return parts.length === 0 ? '“every feed”' : `“feeds ${parts.join(', ')}”`;
}
