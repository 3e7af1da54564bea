import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { ImportanceOf } from '../../../shared/contract/importance.ts';
import { ImportanceReport, type ImportanceSettings } from '../../../shared/domain/importance/report.ts';

export function findImportance(
  db: Database,
  { release, against, snapshot }: ImportanceOf,
  settings: ImportanceSettings,
): ImportanceReport | null {
  const report = db
    .prepare(
      `SELECT report FROM feature_importance
      WHERE release_digest = ? AND against_digest IS ? AND snapshot_digest = ? AND settings = ?`,
    )
    .pluck()
    .get(release, against, snapshot, JSON.stringify(settings));
  return report === undefined ? null : ImportanceReport.parse(JSON.parse(z.string().parse(report)));
}

/** Keeps a measurement; to be called inside a transaction. The one made before stays. */
export function keepImportance(
  db: Database,
  { release, against, snapshot }: ImportanceOf,
  settings: ImportanceSettings,
  report: string,
  measuredAt: string,
): void {
  db.prepare(
    `INSERT OR IGNORE INTO feature_importance (release_digest, against_digest, snapshot_digest, settings, report, measured_at)
    VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(release, against, snapshot, JSON.stringify(settings), report, measuredAt);
}
