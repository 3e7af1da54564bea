import Database from 'better-sqlite3';
import { connectWorkspaceFile } from '../database/workspace/file.ts';
import { workspacePaths } from '../database/workspace/open.ts';
import { AuditLog } from '../services/audit/audit-log.ts';
import { openCheckpointSigner } from '../services/audit/checkpoint-key.ts';
import { DONE, STOP, TOTAL, type MergeAside } from '../services/review/exchange/merge-counters.ts';
import { mergeCampaign, type Merged } from '../services/review/exchange/merge.ts';
import { summedUp, type DigestedReport } from '../services/review/sum-up.ts';
import { enveloped } from './envelope.ts';

export interface ReportTask {
  /** The workspace's database. */
  readonly path: string;
  readonly campaign: string;
}

/** Sums a campaign up through a connection of its own, on the state the workspace had when this began. */
export const campaignReport = enveloped(async ({ path, campaign }: ReportTask): Promise<DigestedReport> => {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  try {
    return db.transaction(() => summedUp(db, campaign))();
  } finally {
    db.close();
  }
});

/** Merges a campaign's file through a connection of its own; what the sharing thread stops leaves nothing. */
export const mergeReview = enveloped(async ({ folder, shared, ...task }: MergeAside): Promise<Merged> => {
  const { database, logKey } = workspacePaths(folder);
  const db = connectWorkspaceFile(database);
  try {
    return mergeCampaign(db, new AuditLog(db, openCheckpointSigner(logKey)), task, {
      stopped: () => Atomics.load(shared, STOP) === 1,
      progress: (done, total) => {
        Atomics.store(shared, TOTAL, total);
        Atomics.store(shared, DONE, done);
      },
    });
  } finally {
    db.close();
  }
});
