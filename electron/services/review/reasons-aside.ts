import type { Database } from 'better-sqlite3';
import { countBetween } from '../../database/review/decisions.ts';
import { asJob } from '../jobs/as-job.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { writeReasons, type Period, type Written } from './reasons.ts';
import { requireNoneKeptBack } from './seal.ts';

/** Writes statements of reasons as a job with progress that can be cancelled; answers when the file is there. */
export async function writeReasonsAside(
  { db, jobs }: { readonly db: Database; readonly jobs: Jobs },
  period: Period,
  form: 'json' | 'csv',
  path: string,
): Promise<Written> {
  const { from, to } = period;
  if (!period.partial) requireNoneKeptBack(db, from, to, period.reader);
  const total = countBetween(db, from, to);
  return asJob(jobs, {
    ...{ title: 'Export statements of reasons', route: '/review/exchange', unit: 'statements', total },
    async run(progress, signal) {
      const written = await writeReasons(db, period, form, path, {
        signal,
        // a decision can hold several restrictions or none, so the number of decisions is only about the number of these
        progress: (statements) => progress(statements, Math.max(statements, total)),
      });
      progress(written.statements, written.statements);
      return written;
    },
  });
}
