import { z } from 'zod';
import { channel, Nothing } from './channel.ts';

/** Work that outlives the call that started it, and a reload of the window. */
export const Job = z.object({
  id: z.string(),
  title: z.string(),
  /** Route of the window that shows the result. */
  route: z.string(),
  /** `interrupted`: Stateside ended before the work did; what was finished is kept, and its route goes on with it. */
  state: z.enum(['queued', 'running', 'done', 'cancelled', 'failed', 'interrupted']),
  /** Place in line, from 1; null for work that does not wait for its turn. */
  place: z.int().nullable(),
  done: z.number(),
  total: z.number(),
  /** Units per second over the last seconds. */
  rate: z.number().nullable(),
  /** At that rate; null where there is none. */
  secondsLeft: z.number().nullable(),
  unit: z.string(),
  message: z.string().nullable(),
});
export type Job = z.infer<typeof Job>;

export const jobs = {
  list: channel(Nothing, z.array(Job)),
  cancel: channel(z.object({ id: z.string() }), Nothing),
  /** Takes finished jobs out of the list. */
  clear: channel(Nothing, Nothing),
};
