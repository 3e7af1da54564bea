import type { Database } from 'better-sqlite3';
import { refused } from '../../../shared/domain/error.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { readRosterChain, readRosterVersions, type RosterChain, type RosterText } from './roster-chain.ts';

const CLOCKS_DIFFER_MS = 3_600_000;

/**
 * Takes a roster version (DSSE JSON) into the workspace, with its log entry. The first one is trusted by that act and
 * pinned from then on; each later one must be properly signed by the roots of the one before.
 */
export function importRoster(
  db: Database,
  log: AuditLog,
  text: string,
  actor: string,
  at: string,
): RosterChain {
  return db
    .transaction(() => {
      const known = db.prepare('SELECT envelope FROM roster ORDER BY version').pluck().all();
      const texts = [...known.map(String), text].map((version, index) => ({
        name: `roster ${index + 1}`,
        text: version,
      }));
      refuseBackward(texts);
      const chain = readRosterChain(texts);
      refuseFuture(chain, at);
      db.prepare('INSERT INTO roster (version, digest, envelope, imported_at) VALUES (?, ?, ?, ?)').run(
        chain.roster.version,
        chain.digest,
        text,
        at,
      );
      log.append({
        at,
        actor,
        action: 'roster.import',
        subject: chain.digest,
        body: { version: chain.roster.version },
      });
      return chain;
    })
    .immediate();
}

/** A version issued later than now is none yet; clocks of machines differ a little. */
function refuseFuture({ roster }: RosterChain, at: string): void {
  if (Date.parse(roster.issuedAt) > Date.parse(at) + CLOCKS_DIFFER_MS)
    throw refused(
      `roster version ${roster.version} is issued at ${roster.issuedAt}, and it is only ${at} here; set the clock, or wait`,
    );
}

/** Says of a version that does not lead on whether it goes back, forks the chain, or leaves a gap. */
function refuseBackward(texts: readonly RosterText[]): void {
  const versions = readRosterVersions(texts);
  const given = versions.find(({ name }) => name === `roster ${texts.length}`);
  const others = versions.filter((version) => version !== given);
  const newest = others.at(-1);
  if (given === undefined || newest === undefined) return;
  const { version } = given.roster;
  const same = others.find(({ roster }) => roster.version === version);
  if (same?.digest === given.digest)
    throw refused(
      `roster version ${version} is here already, and version ${newest.roster.version} is in force; nothing goes back to it`,
    );
  if (same !== undefined)
    throw refused(
      `FORK: there is another roster version ${version} than the one this workspace knows (${given.digest} beside ${same.digest}); somebody signed two, so ask the roots which`,
    );
  if (version > newest.roster.version + 1)
    throw refused(
      `roster version ${version} does not follow version ${newest.roster.version}; import the versions between first`,
    );
}
