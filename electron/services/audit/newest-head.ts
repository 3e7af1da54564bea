import type { Database } from 'better-sqlite3';
import { z } from 'zod';

const HeadRow = z.object({ size: z.int(), root: z.string(), note: z.string() }).optional();

/** A head of the log: number of entries, base64 root, and the signed note that says so. */
export interface LogHead {
  readonly size: number;
  readonly root: string;
  readonly note: string;
}

/** The newest head of a log; null while it is empty. */
export const newestHead = (db: Database): LogHead | null =>
  HeadRow.parse(db.prepare('SELECT size, root, note FROM log_checkpoint ORDER BY size DESC LIMIT 1').get()) ??
  null;
