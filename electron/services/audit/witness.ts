import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { WitnessedHead } from '../../../shared/contract/audit.ts';
import { badInput, StatesideError } from '../../../shared/domain/error.ts';
import { parseCheckpoint } from '../../../shared/domain/log/checkpoint.ts';
import { Frontier } from '../../../shared/domain/log/merkle.ts';
import { parseNote } from '../../../shared/domain/log/signed-note.ts';
import { sha256 } from '../signoff/digest.ts';
import type { AuditLog } from './audit-log.ts';
import { verifyCheckpointNote } from './checkpoint-key.ts';

const HeadRows = z.array(
  z.object({
    size: z.int(),
    root: z.string(),
    kept_by: z.string(),
    at: z.string(),
    alarm: z.string().nullable(),
  }),
);

/** Every head that came back from elsewhere, newest first, each with the alarm it raised. */
export const witnessedHeads = (db: Database): WitnessedHead[] =>
  HeadRows.parse(
    db
      .prepare(
        `SELECT size, root, kept_by, at,
           (SELECT body ->> '$.alarm' FROM log_entry WHERE action = 'log.alarm' AND subject = root LIMIT 1) AS alarm
         FROM witness ORDER BY id DESC`,
      )
      .all(),
  ).map(({ size, root, kept_by: keptBy, at, alarm }) => ({ size, root, keptBy, at, alarm }));

export interface Witnessed {
  readonly size: number;
  readonly root: string;
}

/**
 * Takes back a signed head of this log that `keptBy` kept elsewhere. It is kept for good, and every later
 * verification holds the log against it. Where the log does not contain it, that too is kept and logged, and then
 * thrown as failed_check: somebody rewrote the log (a fork) or put an older copy in its place (rewound).
 */
export function importWitness(
  log: AuditLog,
  { note, keptBy, actor, at }: { note: string; keptBy: string; actor: string; at: string },
): Witnessed {
  const head = verifyCheckpointNote(note, log.key);
  if (head === null) {
    const origin = parseCheckpoint(parseNote(note)?.text ?? '')?.origin;
    throw badInput(
      origin === undefined
        ? 'the file is no C2SP checkpoint; give one that stateside log checkpoint wrote'
        : `the checkpoint is of ${origin} or altered, not signed by this log's key ${log.key}; give one of this log`,
    );
  }
  const { size, root } = head;
  const alarm = log.db
    .transaction(() => {
      const found = alarmOf(log, size, root);
      const { changes } = log.db
        .prepare(
          'INSERT INTO witness (size, root, note, kept_by, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (note) DO NOTHING',
        )
        .run(size, root, note, keptBy, at);
      if (changes > 0) {
        const action = found === null ? 'log.witness' : 'log.alarm';
        log.append({ at, actor, action, subject: root, body: { size, keptBy, alarm: found } });
      }
      return found;
    })
    .immediate();
  if (alarm !== null) throw new StatesideError('failed_check', alarm);
  return { size, root };
}

function alarmOf(log: AuditLog, size: number, root: string): string | null {
  const frontier = new Frontier(sha256);
  const leaves = log.db.prepare('SELECT leaf_hash FROM log_entry ORDER BY seq LIMIT ?').pluck();
  for (const leaf of leaves.iterate(size)) frontier.append(Buffer.from(String(leaf), 'hex'));
  if (frontier.size < size)
    return `REWOUND: this log once had ${size} entries and has only ${frontier.size}; an older copy was put in its place, so trust nothing signed here since`;
  return Buffer.from(frontier.root()).toString('base64') === root
    ? null
    : `FORK: this log signed another history of its first ${size} entries; one of the two was rewritten, so trust neither until it is known which`;
}
