import type { Database } from 'better-sqlite3';
import { badInput, refused } from '../../../shared/domain/error.ts';
import type { RosterVersion } from '../../../shared/domain/roster/chain.ts';
import { isYetToCome } from '../../../shared/domain/statements/terms.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { contradiction, logRosterAlarm } from './roster-alarm.ts';
import { readRosterChain, readRosterVersions, type RosterChain, type RosterText } from './roster-chain.ts';

/**
 * Takes a roster version (DSSE JSON) into the workspace, with its log entry. The first one is trusted by that act and
 * pinned from then on; each later one must be properly signed by the roots of the one before. One that contradicts the
 * chain is refused, and the log tells of it.
 */
export function importRoster(
  db: Database,
  log: AuditLog,
  text: string,
  actor: string,
  at: string,
): RosterChain {
  const { chain, alarm } = db
    .transaction(() => {
      const rows = db.prepare('SELECT envelope FROM roster ORDER BY version').pluck().all();
      const texts = rows.map((envelope, index) => ({
        name: `roster ${index + 1}`,
        text: String(envelope),
      }));
      const given = { name: `roster ${texts.length + 1}`, text };
      const known = readRosterVersions(texts);
      const version = versionBeside(texts, given);
      const found = contradiction(known, version);
      if (found !== null) {
        logRosterAlarm(log, found, actor, at);
        return { chain: null, alarm: found.alarm };
      }
      refuseMisplaced(known, version);
      return { chain: take([...texts, given]), alarm: null };
    })
    .immediate();
  if (chain === null) throw refused(alarm);
  return chain;

  function take(texts: readonly RosterText[]): RosterChain {
    const taken = readRosterChain(texts);
    const { version } = taken.roster;
    refuseFuture(taken, at);
    db.prepare('INSERT INTO roster (version, digest, envelope, imported_at) VALUES (?, ?, ?, ?)').run(
      version,
      taken.digest,
      text,
      at,
    );
    log.append({ at, actor, action: 'roster.import', subject: taken.digest, body: { version } });
    return taken;
  }
}

/** The version in `given`, with those who signed it of its own keys and of the known version that it has to follow. */
function versionBeside(known: readonly RosterText[], given: RosterText): RosterVersion {
  const alone = readRosterVersions([given])[0];
  if (alone === undefined) throw badInput(`${given.name} holds no roster version`);
  const earlier = known.slice(0, Math.max(0, alone.roster.version - 1));
  return readRosterVersions([...earlier, given]).find(({ name }) => name === given.name) ?? alone;
}

/** A version issued later than now is none yet; clocks of machines differ a little. */
function refuseFuture({ roster }: RosterChain, at: string): void {
  if (isYetToCome(roster.issuedAt, at))
    throw refused(
      `roster version ${roster.version} is issued at ${roster.issuedAt}, and it is only ${at} here; set the clock, or wait`,
    );
}

/** Says of a version that does not lead on whether it is here already, is a stranger's, or leaves a gap. */
function refuseMisplaced(
  known: readonly RosterVersion[],
  { roster: { version }, digest }: RosterVersion,
): void {
  const newest = known.at(-1);
  if (newest === undefined) return;
  if (newest.digest === digest)
    throw refused(`roster version ${version} is here already, and in force; there is nothing to take`);
  if (version <= newest.roster.version)
    throw refused(
      `this roster version ${version} is another than the one this workspace knows, and its roots did not sign it; get it from them again`,
    );
  if (version > newest.roster.version + 1)
    throw refused(
      `roster version ${version} does not follow version ${newest.roster.version}; import the versions between first`,
    );
}
