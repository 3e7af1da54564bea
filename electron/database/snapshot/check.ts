import { badInput, StatesideError } from '../../../shared/domain/error.ts';
import { checkRequests } from './check-requests.ts';
import { checkRows } from './check-rows.ts';
import { checkDescription, checkTables } from './check-schema.ts';
import { connectSnapshot } from './open.ts';
import { reading } from './reading.ts';
import type { Report } from './report.ts';

/** What a full check found: one sentence for each problem, at most as many as were asked for. */
export interface SnapshotCheck {
  readonly path: string;
  readonly ok: boolean;
  readonly problems: readonly string[];
  /** False when the check stopped at its limit, so that there may be more. */
  readonly complete: boolean;
}

/**
 * Reads every row of a snapshot and judges it by the format. Throws only what `openSnapshot` throws of a file that
 * cannot be opened as a snapshot at all; everything else becomes a problem in the answer.
 */
export function checkSnapshot(path: string, limit = 20): SnapshotCheck {
  const problems: string[] = [];
  const report: Report = (problem) => {
    problems.push(problem);
    if (problems.length >= limit) throw new LimitReached();
  };
  const { db } = connectSnapshot(path);
  let complete = true;
  try {
    reading(path, () => {
      const pages = db.prepare<[], string>('PRAGMA quick_check(1)').pluck().get();
      if (pages !== 'ok') return report(`The file is damaged: ${String(pages).replaceAll(/\s+/g, ' ')}.`);
      if (!checkTables(db, report)) return;
      const { features, signals } = checkDescription(db, report);
      checkRows(db, report, limit);
      checkRequests(db, features, signals, report);
    });
  } catch (error) {
    if (error instanceof LimitReached) complete = false;
    else if (error instanceof StatesideError) problems.push(error.message);
    else throw error;
  } finally {
    db.close();
  }
  return { path, ok: problems.length === 0, problems, complete };
}

/** Throws the first problem of a snapshot as one sentence that names the file. */
export function requireSound(check: SnapshotCheck): void {
  const [first] = check.problems;
  if (first === undefined) return;
  const count = check.problems.length;
  const more = count === 1 ? '' : ` (the first of ${check.complete ? '' : 'at least '}${count} problems)`;
  throw badInput(
    `${check.path} is not a sound snapshot: ${first.replace(/\.$/, '')}${more}; build it again.`,
  );
}

class LimitReached extends Error {}
