import { z } from 'zod';

const Day = z
  .string()
  .regex(/^(\d{4}-\d{2}-\d{2})?$/)
  .default('')
  .catch('');
const Text = z.string().default('').catch('');

/** What narrows the log: a text, a person, an action, and a period in local days, both included. */
export const LogSearch = z.object({ q: Text, actor: Text, action: Text, from: Day, until: Day });
export type LogSearch = z.output<typeof LogSearch>;

/** The period as instants: from the start of the first day until the end of the last one. */
export function periodOf({ from, until }: Pick<LogSearch, 'from' | 'until'>): {
  from?: string;
  until?: string;
} {
  return {
    ...(from === '' ? {} : { from: startOf(from, 0) }),
    ...(until === '' ? {} : { until: startOf(until, 1) }),
  };
}

/** The day after a day; both as `yyyy-mm-dd`. */
export const nextDay = (day: string): string =>
  new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

function startOf(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}
