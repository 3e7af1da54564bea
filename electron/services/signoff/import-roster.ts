import type { Database } from 'better-sqlite3';
import type { AuditLog } from '../audit/audit-log.ts';
import { readRosterChain, type RosterChain } from './roster-chain.ts';

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
      const chain = readRosterChain(texts);
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
