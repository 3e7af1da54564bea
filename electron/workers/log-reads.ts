import Database from 'better-sqlite3';
import type { LogFilter } from '../../shared/contract/audit.ts';
import { DONE } from '../services/jobs/counters.ts';
import { entryPlaces } from '../services/audit/entries.ts';
import { EntryIndex } from '../services/audit/entry-index.ts';
import { exportPeriod, type PeriodExport } from '../services/audit/export-period.ts';
import { findWords, type WordsFound } from '../services/audit/find-words.ts';
import { rangeOfPeriod, type Period, type PeriodRange } from '../services/audit/period.ts';
import { proveEntry } from '../services/audit/prove.ts';
import { connected, stopIfAsked } from './audit.ts';
import { enveloped } from './envelope.ts';

interface LogFile {
  /** The workspace's database. */
  readonly path: string;
}

type Asked = LogFile & { readonly query: LogFilter & { offset: number; limit: number } };

/** The log that was asked for last, with its index, for as long as this thread lives. */
let kept: { readonly path: string; readonly db: Database.Database; readonly index: EntryIndex } | undefined;

function openedLog({ path }: LogFile) {
  if (kept?.path !== path) {
    kept?.db.close();
    const db = new Database(path, { readonly: true, fileMustExist: true });
    kept = { path, db, index: new EntryIndex(db) };
  }
  return kept;
}

/** The places of a page of entries that a filter without words lets through. */
export const logPlaces = enveloped(async ({ query, ...file }: Asked) => {
  const { db, index } = openedLog(file);
  return db.transaction(() => entryPlaces(db, index, query))();
});

/** The places of all entries that hold words. */
export const logWords = enveloped(async ({ query, ...file }: Asked): Promise<WordsFound> =>
  findWords(openedLog(file).db, query),
);

/** Who acted and what was done. */
export const logFacets = enveloped(async (file: LogFile) => {
  const { db, index } = openedLog(file);
  return db.transaction(() => index.facets())();
});

/** The tlog-proof of an entry. */
export const proveLogEntry = enveloped(
  async ({ path, key, seq }: LogFile & { readonly key: string; readonly seq: number }): Promise<string> =>
    connected(path, (db) => proveEntry({ db, key }, seq)),
);

/** Where a period stands in a log. */
export const logRange = enveloped(
  async ({ path, period }: LogFile & { readonly period: Period }): Promise<PeriodRange> =>
    connected(path, (db) => rangeOfPeriod(db, period)),
);

interface ExportTask extends PeriodExport {
  readonly database: string;
  readonly key: string;
  readonly shared: Int32Array;
}

/** Writes a period of a log to a file; what the sharing thread stops leaves nothing. */
export const exportLog = enveloped(async ({ database, key, shared, ...task }: ExportTask) =>
  connected(database, (db) =>
    exportPeriod({ db, key }, task, {
      progress: (entries) => {
        stopIfAsked(shared, 'The export was stopped; nothing was written.');
        Atomics.store(shared, DONE, entries);
      },
    }),
  ),
);
