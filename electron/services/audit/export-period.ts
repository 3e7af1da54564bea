import { z } from 'zod';
import { notFound, refused } from '../../../shared/domain/error.ts';
import type { AuditLog } from './audit-log.ts';
import { proveEntry } from './prove.ts';

/** More would be a file that nobody opens. */
const LARGEST = 200_000;

const Bounds = z.object({ first: z.int().nullable(), last: z.int().nullable() });
const Entries = z.array(z.string());
const Texts = z.array(
  z.object({ seq: z.int(), name: z.string(), salt: z.string().nullable(), text: z.string().nullable() }),
);

/**
 * Every entry from the first to the last that was made in a period, as JSON: the entries exactly as they were hashed,
 * the texts beside them, and the proof of the last one. Each entry names the leaf hash of the one before, so that one
 * proof holds for all of them. Throws not_found for a period without entries.
 */
export function exportPeriod(
  log: AuditLog,
  { from = null, until = null }: { from?: string | null | undefined; until?: string | null | undefined },
): { text: string; entries: number } {
  const { db } = log;
  const { first, last } = Bounds.parse(
    db
      .prepare(
        `SELECT min(seq) AS first, max(seq) AS last FROM log_entry
         WHERE (:from IS NULL OR julianday(at) >= julianday(:from))
           AND (:until IS NULL OR julianday(at) < julianday(:until))`,
      )
      .get({ from, until }),
  );
  if (first === null || last === null) throw notFound('Nothing was done in this period; choose another one.');
  if (last - first >= LARGEST)
    throw refused(
      `This period holds ${last - first + 1} entries, more than the ${LARGEST} of one export; choose a shorter one.`,
    );
  const range = { first, last };
  const entries = Entries.parse(
    db
      .prepare('SELECT entry FROM log_entry WHERE seq BETWEEN :first AND :last ORDER BY seq')
      .pluck()
      .all(range),
  );
  const texts = Texts.parse(
    db
      .prepare(
        'SELECT seq, name, salt, text FROM log_text WHERE seq BETWEEN :first AND :last ORDER BY seq, name',
      )
      .all(range),
  );
  const exported = {
    format: 'stateside-log-export',
    version: 1,
    key: log.key,
    from,
    until,
    entries,
    texts,
    proofOfLast: proveEntry(log, last),
  };
  return { text: `${JSON.stringify(exported, undefined, 1)}\n`, entries: entries.length };
}
