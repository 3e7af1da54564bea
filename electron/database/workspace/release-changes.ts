import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { ReleasePair, TENSOR_SORTS } from '../../../shared/contract/changes.ts';
import { notFound } from '../../../shared/domain/error.ts';
import type { TensorDifference } from '../../../shared/domain/weights/difference.ts';

/** The document of two releases' changes, as it was made. */
export interface KeptChanges {
  readonly digest: string;
  /** Canonical JSON. */
  readonly document: string;
  readonly comparedAt: string;
}

const Stored = z.object({ digest: z.string(), document: z.string(), compared_at: z.string() });

export function findChanges(db: Database, { before, after }: ReleasePair): KeptChanges | null {
  const row = db
    .prepare(
      'SELECT digest, document, compared_at FROM release_changes WHERE before_digest = ? AND after_digest = ?',
    )
    .get(before, after);
  if (row === undefined) return null;
  const { digest, document, compared_at: comparedAt } = Stored.parse(row);
  return { digest, document, comparedAt };
}

/** Keeps a comparison; to be called inside a transaction. */
export function insertChanges(
  db: Database,
  { before, after }: ReleasePair,
  { digest, document, comparedAt }: KeptChanges,
  tensors: readonly TensorDifference[],
): void {
  db.prepare(
    'INSERT INTO release_changes (before_digest, after_digest, digest, document, compared_at) VALUES (?, ?, ?, ?, ?)',
  ).run(before, after, digest, document, comparedAt);
  const insert = db.prepare(`
    INSERT INTO tensor_difference (before_digest, after_digest, ordinal, name, kind, changed, largest, difference)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  for (const [ordinal, tensor] of tensors.entries()) {
    const { name, kind, change } = tensor;
    const [share, largest] = [change?.changedShare ?? null, change?.largest?.change ?? null];
    insert.run(before, after, ordinal, name, kind, share, largest, JSON.stringify(tensor));
  }
}

export interface DifferenceQuery extends ReleasePair {
  readonly sort: (typeof TENSOR_SORTS)[number];
  readonly desc: boolean;
  /** Part of a name. */
  readonly q: string;
  readonly kind: string | null;
  readonly offset: number;
  readonly limit: number;
}

const ORDER: Record<DifferenceQuery['sort'], string> = {
  change: '-ordinal',
  name: 'name',
  largest: 'largest',
  share: 'changed',
};

/** One page of the tensors of a comparison, as JSON. */
export function pageOfDifferences(
  db: Database,
  { before, after, sort, desc, q, kind, offset, limit }: DifferenceQuery,
): { total: number; offset: number; rows: unknown[] } {
  const where = `FROM tensor_difference WHERE before_digest = :before AND after_digest = :after
    AND (:kind IS NULL OR kind = :kind) AND instr(lower(name), :q)`;
  const wanted = { before, after, kind, q: q.toLowerCase() };
  const total = z.int().parse(db.prepare(`SELECT count(*) ${where}`).pluck().get(wanted));
  const rows = db
    .prepare(
      `SELECT difference ${where} ORDER BY ${ORDER[sort]} ${desc ? 'DESC' : 'ASC'} NULLS LAST, ordinal
      LIMIT :limit OFFSET :offset`,
    )
    .pluck()
    .all({ ...wanted, offset, limit });
  return { total, offset, rows: rows.map(parsed) };
}

/** The difference of one tensor, as JSON. */
export function getDifference(db: Database, { before, after }: ReleasePair, name: string): unknown {
  const row = db
    .prepare(
      'SELECT difference FROM tensor_difference WHERE before_digest = ? AND after_digest = ? AND name = ?',
    )
    .pluck()
    .get(before, after, name);
  if (row === undefined) throw notFound(`No tensor "${name}" was compared; compare the two releases first.`);
  return parsed(row);
}

const parsed = (json: unknown): unknown => JSON.parse(z.string().parse(json));
