import { z } from 'zod';
import { Queue } from '../../domain/review/queue.ts';
import { channel, Nothing } from '../channel.ts';

export const QueueRow = Queue.extend({
  /** Feeds that lack reviewers, and how many of them somebody holds now. */
  waiting: z.int(),
  held: z.int(),
  done: z.int(),
  /** When the feed that waits longest came in; null when none waits. */
  oldest: z.string().nullable(),
  /** The nearest due date of a campaign with waiting feeds. */
  due: z.string().nullable(),
});
export type QueueRow = z.infer<typeof QueueRow>;

export const queueChannels = {
  queues: channel(Nothing, z.array(QueueRow)),
  /**
   * Adds or changes a queue and routes every feed anew. `was` is the queue as the person saw it, left out for a new one;
   * a conflict where it was changed or removed since.
   */
  saveQueue: channel(Queue.extend({ was: Queue.optional() }), z.array(QueueRow)),
  /** Removes a queue as the person saw it; a conflict where it was changed since. Its feeds stay. */
  removeQueue: channel(z.object({ was: Queue }), z.array(QueueRow)),
};
