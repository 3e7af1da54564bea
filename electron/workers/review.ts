import Database from 'better-sqlite3';
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
