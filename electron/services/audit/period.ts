import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { notFound } from '../../../shared/domain/error.ts';

const Bounds = z.object({ first: z.int().nullable(), last: z.int().nullable() });

/** A period of the log, ISO 8601: from `from` to before `until`; without one of them from its beginning or to its end. */
export interface Period {
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

/** The entries of a period: from the first to the last that was made in it, both included. */
export interface PeriodRange {
  readonly first: number;
  readonly last: number;
}

/** Where a period stands in the log. Throws not_found for a period without entries. */
export function rangeOfPeriod(db: Database, { from, until }: Period): PeriodRange {
  const { first, last } = Bounds.parse(
    db
      .prepare(
        `SELECT min(seq) AS first, max(seq) AS last FROM log_entry
         WHERE (:from IS NULL OR julianday(at) >= julianday(:from))
           AND (:until IS NULL OR julianday(at) < julianday(:until))`,
      )
      .get({ from: from ?? null, until: until ?? null }),
  );
  if (first === null || last === null) throw notFound('Nothing was done in this period; choose another one.');
  return { first, last };
}
