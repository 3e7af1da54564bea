import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { refused } from '../../../shared/domain/error.ts';
import type { PeriodRange } from './period.ts';

const Asked = z.object({ actor: z.string(), action: z.string(), subject: z.string(), body: z.string() });

/** An entry whose texts somebody wants to read. `body`: its canonical JSON, as it was hashed. */
export type AskedEntry = z.infer<typeof Asked>;

/**
 * Whether the texts beside an entry are kept from who reads here. Only what is shown changes: the entry, its digests of
 * the texts and its proof are the same for everybody.
 */
export type Withholds = (entry: AskedEntry) => boolean;

/** Stands in a shown body for a text that is kept from who reads it. */
export const WITHHELD = '[withheld: it is of a feed that you may still judge blind]';

/** Whether the texts beside the entry `seq` are withheld. */
export function isWithheld(db: Database, seq: number, withholds: Withholds): boolean {
  const row = db.prepare('SELECT actor, action, subject, body FROM log_entry WHERE seq = ?').get(seq);
  return withholds(Asked.parse(row));
}

/** Refuses to give out entries whole while texts of them are withheld. */
export function requireNoneWithheld(db: Database, { first, last }: PeriodRange, withholds: Withholds): void {
  const rows = db
    .prepare(
      `SELECT actor, action, subject, body FROM log_entry WHERE seq IN
         (SELECT seq FROM log_text WHERE text IS NOT NULL AND seq BETWEEN ? AND ?)`,
    )
    .iterate(first, last);
  for (const row of rows)
    if (withholds(Asked.parse(row)))
      throw refused(
        'The period holds notes on feeds that you may still judge blind; judge them first, use the key of a lead, or choose another period.',
      );
}
