import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { RosterAlarm } from '../../../shared/contract/roster.ts';
import { chainBrokenBecause, type RosterVersion } from '../../../shared/domain/roster/chain.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { keyIdOf } from './ed25519.ts';

/** A roster that contradicts the chain a workspace trusts. */
export interface Contradiction {
  readonly kind: 'fork' | 'rollback';
  readonly given: RosterVersion;
  /** What contradicts what, as a sentence without its full stop. */
  readonly alarm: string;
}

/**
 * How a roster version contradicts the chain `known`: it goes back to one before the newest, or roots of the chain
 * signed it beside the version that is known (a fork). Null when it does neither; whether it may be taken is another
 * question. What strangers sign is no fork, only a roster that is not properly signed.
 */
export function contradiction(known: readonly RosterVersion[], given: RosterVersion): Contradiction | null {
  const { version, previous } = given.roster;
  const [newest, same] = [known.at(-1), known.find(({ roster }) => roster.version === version)];
  if (newest === undefined) return null;
  if (same?.digest === given.digest)
    return same === newest
      ? null
      : {
          kind: 'rollback',
          given,
          alarm: `roster version ${version} is here already, and version ${newest.roster.version} is in force; nothing goes back to it`,
        };
  const earlier = known.filter(({ roster }) => roster.version < version);
  const before = earlier.at(-1);
  if (same !== undefined)
    return signedByTheChain(earlier, same, given)
      ? {
          kind: 'fork',
          given,
          alarm: `FORK: there is another roster version ${version} than the one this workspace knows (${short(given.digest)} beside ${short(same.digest)}); somebody signed two, so ask the roots which`,
        }
      : null;
  if (before?.roster.version !== version - 1 || previous === null || previous === before.digest) return null;
  return signedByTheChain([...earlier.slice(0, -1), { ...before, digest: previous }], before, given)
    ? {
        kind: 'fork',
        given,
        alarm: `FORK: roster version ${version} names another previous version than the one this workspace knows (${short(previous)} beside ${short(before.digest)}); somebody signed two, so ask the roots which`,
      }
    : null;
}

const short = (digest: string): string => `${digest.slice(0, 12)}…`;

/** Whether a version would continue `earlier`; a first one would when a root of the known first signed it. */
function signedByTheChain(
  earlier: readonly RosterVersion[],
  known: RosterVersion,
  given: RosterVersion,
): boolean {
  if (earlier.length > 0) return chainBrokenBecause([...earlier, given], keyIdOf, null) === null;
  return given.signers.some((key) => known.signers.includes(key));
}

/** Logs a contradiction, once for each roster. Call it inside a transaction of its own: the roster is not taken. */
export function logRosterAlarm(
  log: AuditLog,
  { kind, given, alarm }: Contradiction,
  actor: string,
  at: string,
): void {
  const told = log.db.prepare(
    "SELECT 1 FROM log_entry WHERE action = 'roster.alarm' AND subject = ? LIMIT 1",
  );
  if (told.get(given.digest) !== undefined) return;
  const body = { version: given.roster.version, kind, alarm };
  log.append({ at, actor, action: 'roster.alarm', subject: given.digest, body });
}

const Rows = z.array(z.object({ at: z.string(), actor: z.string(), alarm: z.string() }));

/** Every fork of the roster that was brought to this workspace and refused, newest first. */
export const rosterForks = (db: Database): RosterAlarm[] =>
  Rows.parse(
    db
      .prepare(
        `SELECT at, actor, body ->> '$.alarm' AS alarm FROM log_entry
         WHERE action = 'roster.alarm' AND body ->> '$.kind' = 'fork' ORDER BY seq DESC`,
      )
      .all(),
  );
