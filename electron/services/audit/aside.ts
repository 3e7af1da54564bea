import type { ServiceApi } from '../../../shared/contract/index.ts';
import { parseProof } from '../../../shared/domain/log/proof-file.ts';
import { workspacePaths } from '../../database/workspace/open.ts';
import type { ServiceContext } from '../context.ts';
import { asJob } from '../jobs/as-job.ts';
import { entryRows } from './entries.ts';
import { exportPeriod } from './export-period.ts';
import { readableWords } from './find-words.ts';
import { rangeOfPeriod, type Period } from './period.ts';
import { proveEntry, readProvenEntry } from './prove.ts';
import { watched } from '../jobs/watched.ts';
import { requireNoneWithheld, type Withholds } from './withheld.ts';

/** A shorter log is read on the spot. */
const LONG = 2_000;

type Reads = Pick<ServiceApi<'audit'>, 'entries' | 'facets' | 'prove' | 'exportPeriod'>;

/**
 * What goes over every entry of the log. Of a long log it does so on a thread of its own, so that whoever else asks the
 * services does not wait. `long`: from how many entries on. What is withheld from who reads is known only here.
 */
export function logReads(
  { workspace, log, pool, jobs }: Pick<ServiceContext, 'workspace' | 'log' | 'pool' | 'jobs'>,
  withholds: Withholds,
  long = LONG,
): Reads {
  const { db, key } = log;
  const { database: path } = workspacePaths(workspace.folder);
  const isLong = () => (log.checkpoint()?.size ?? 0) >= long;
  return {
    async entries(query) {
      if (!isLong()) return log.entries(query, withholds);
      const { total, seqs } =
        query.search === ''
          ? await pool.ask('logPlaces', { path, query })
          : readableWords(db, await pool.ask('logWords', { path, query }), query, withholds);
      return { total, offset: query.offset, rows: entryRows(db, seqs, withholds) };
    },
    facets: async () => (isLong() ? pool.ask('logFacets', { path }) : log.facets()),
    async prove({ seq }) {
      const text = isLong() ? await pool.walk('proveLogEntry', { path, key, seq }) : proveEntry(log, seq);
      return {
        fileName: `entry-${seq}.tlog-proof`,
        text,
        size: readProvenEntry(text, key)?.size ?? 0,
        hashes: [...(parseProof(text)?.hashes ?? [])],
        key,
      };
    },
    async exportPeriod({ path: file, ...period }) {
      const range = await rangeOf(period);
      requireNoneWithheld(db, range, withholds);
      const task = { period, range, path: file };
      const total = range.last - range.first + 1;
      if (total < long) return exportPeriod(log, task);
      return asJob(jobs, {
        ...{ title: 'Export the log', route: '/log', unit: 'entries', total },
        run: (progress, signal) =>
          watched(total, progress, signal, (shared) =>
            pool.walk('exportLog', { database: path, key, ...task, shared }),
          ),
      });
    },
  };

  async function rangeOf(period: Period) {
    return isLong() ? pool.walk('logRange', { path, period }) : rangeOfPeriod(db, period);
  }
}
