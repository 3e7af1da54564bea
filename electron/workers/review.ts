import Database from 'better-sqlite3';
import type { Quality } from '../../shared/domain/review/quality.ts';
import { connectWorkspaceFile } from '../database/workspace/file.ts';
import { workspacePaths } from '../database/workspace/open.ts';
import { AuditLog } from '../services/audit/audit-log.ts';
import { openCheckpointSigner } from '../services/audit/checkpoint-key.ts';
import { DONE, STOP, TOTAL } from '../services/jobs/counters.ts';
import { mergeCampaign, type Merged, type MergeTask } from '../services/review/exchange/merge.ts';
import { qualityOf } from '../services/review/quality-of.ts';
import { summedUp, type DigestedReport } from '../services/review/sum-up.ts';
import type { Told } from '../database/review/told.ts';
import { stopIfAsked } from './audit.ts';
import { enveloped } from './envelope.ts';

/** What is summed up over the decisions of a campaign. */
export interface SumTask {
  /** The workspace's database. */
  readonly path: string;
  readonly campaign: string;
  /** How many decisions the campaign has, for how far it is. */
  readonly total: number;
  /** Decisions summed up so far, and whether to stop. */
  readonly shared: Int32Array;
}

/** A merge on a thread of its own. */
interface MergeAside extends MergeTask {
  /** The workspace's. */
  readonly folder: string;
  /** Pieces merged so far, whether to stop, and pieces in all. */
  readonly shared: Int32Array;
}

/** Sums a campaign up, on the state the workspace had when this began. */
export const campaignReport = enveloped(async (task: SumTask): Promise<DigestedReport> =>
  summing(task, (db, told) => summedUp(db, task.campaign, told)),
);

/** Works out how well reviewers and policies do, on the state the workspace had when this began. */
export const campaignQuality = enveloped(async (task: SumTask): Promise<Quality> =>
  summing(task, (db, told) => qualityOf(db, task.campaign, told)),
);

/** Sums over a campaign through a connection of its own, and stops when it is asked to. */
function summing<Value>({ path, total, shared }: SumTask, sum: (db: Database.Database, told: Told) => Value) {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  const told: Told = (share) => {
    stopIfAsked(shared, 'The sum was stopped.');
    Atomics.store(shared, DONE, Math.round(share * total));
  };
  try {
    return db.transaction(() => sum(db, told))();
  } finally {
    db.close();
  }
}

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
