import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { KeptStatistics, TensorSummary } from '../../../shared/contract/tensors.ts';

/** Figures kept by another version are measured anew. */
export const STATISTICS_VERSION = 1;

type Summary = z.infer<typeof TensorSummary>;

/** When the tensors of a release were measured; null where they were not. */
export function measuredAt(db: Database, release: string): string | null {
  const at = db
    .prepare('SELECT measured_at FROM release_statistics WHERE release_digest = ? AND version = ?')
    .pluck()
    .get(release, STATISTICS_VERSION);
  return at === undefined ? null : z.string().parse(at);
}

const SummaryRow = z.object({ name: z.string(), summary: z.string() });

/** What lists say of each tensor, by name. */
export function summariesOf(db: Database, release: string): Map<string, Summary> {
  const rows = db
    .prepare('SELECT name, summary FROM tensor_statistics WHERE release_digest = ?')
    .all(release);
  return new Map(
    rows.map((row) => {
      const { name, summary } = SummaryRow.parse(row);
      return [name, TensorSummary.parse(JSON.parse(summary))];
    }),
  );
}

export function findStatistics(db: Database, release: string, name: string): KeptStatistics | null {
  if (measuredAt(db, release) === null) return null;
  const row = db
    .prepare('SELECT statistics FROM tensor_statistics WHERE release_digest = ? AND name = ?')
    .pluck()
    .get(release, name);
  return row === undefined ? null : KeptStatistics.parse(JSON.parse(z.string().parse(row)));
}

export interface TensorFigures {
  readonly name: string;
  readonly summary: unknown;
  readonly statistics: unknown;
}

/** Keeps the figures of every tensor of a release in place of older ones. */
export function keepStatistics(
  db: Database,
  release: string,
  tensors: readonly TensorFigures[],
  at: string,
): void {
  const insert = db.prepare(
    'INSERT OR IGNORE INTO tensor_statistics (release_digest, name, summary, statistics) VALUES (?, ?, ?, ?)',
  );
  db.transaction(() => {
    db.prepare('DELETE FROM tensor_statistics WHERE release_digest = ?').run(release);
    db.prepare('DELETE FROM release_statistics WHERE release_digest = ?').run(release);
    db.prepare('INSERT INTO release_statistics (release_digest, version, measured_at) VALUES (?, ?, ?)').run(
      release,
      STATISTICS_VERSION,
      at,
    );
    for (const { name, summary, statistics } of tensors)
      insert.run(release, name, JSON.stringify(summary), JSON.stringify(statistics));
  }).immediate();
}
