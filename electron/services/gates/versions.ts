import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import type { GatesInForce } from '../../../shared/contract/gates.ts';
import { badInput, StatesideError } from '../../../shared/domain/error.ts';
import { withRevision } from '../../../shared/domain/gates/revision.ts';
import { parseGateRules } from '../../../shared/domain/gates/rules.ts';
import type { GatesRef } from '../../../shared/domain/statements/release-statement.ts';
import { gateVersions, insertGateVersion } from '../../database/workspace/gate-versions.ts';
import { workspacePaths, type Workspace } from '../../database/workspace/open.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { gatesRef } from '../signoff/gate-rules.ts';

/** The gates of a workspace as they are judged by now, and what is noted of how they came to be. */
export function gatesInForce({ folder, db }: Workspace): Omit<GatesInForce, 'shipped'> {
  const { gates: file } = workspacePaths(folder);
  const text = readFileSync(file, 'utf8');
  const ref = gatesRef(parseGateRules(text, file));
  const versions = gateVersions(db);
  return { ...ref, text, noted: versions[0]?.digest === ref.digest, versions };
}

export interface GateChange {
  readonly text: string;
  readonly reason: string;
  /** Digest of the gates that are to be replaced. */
  readonly replaces: string;
  readonly actor: string;
  readonly at: string;
}

/**
 * Puts other gates in force under the next revision: in the workspace's file, among its versions and in the log, or
 * nowhere. Throws `bad_input` naming place and remedy where the text is no set of gates, or nothing changes; `conflict`
 * when others are in force than were to be replaced.
 */
export function changeGates(workspace: Workspace, log: AuditLog, change: GateChange): GatesRef {
  const { folder, db } = workspace;
  const { gates: file } = workspacePaths(folder);
  const reason = change.reason.trim();
  if (reason === '') throw badInput('A change of the gates needs a reason; say why.');
  return db
    .transaction(() => {
      const before = gatesInForce(workspace);
      if (before.digest !== change.replaces)
        throw new StatesideError(
          'conflict',
          'The gates were changed meanwhile; look at what is in force now, and change that.',
        );
      // as it was written, so that a refusal names the line its writer sees
      parseGateRules(change.text, 'gates.yaml');
      const unchanged = parseGateRules(withRevision(change.text, before.revision), 'gates.yaml');
      if (gatesRef(unchanged).digest === before.digest)
        throw badInput('These gates are the ones in force; change a rule, or leave them.');
      const revision = Math.max(before.revision, ...before.versions.map((version) => version.revision)) + 1;
      const text = withRevision(change.text, revision);
      const ref = gatesRef(parseGateRules(text, 'gates.yaml'));
      const { at, actor } = change;
      if (!before.noted) {
        const { revision, digest, text } = before;
        insertGateVersion(db, { revision, digest, text, savedAt: at, actor: null, reason: null });
      }
      insertGateVersion(db, { ...ref, text, savedAt: at, actor, reason });
      log.append({
        ...{ at, actor, action: 'gates.change', subject: `gates revision ${revision}` },
        body: {
          digest: ref.digest,
          revision,
          replaces: { digest: before.digest, revision: before.revision },
        },
        texts: { reason },
      });
      replaceFile(file, text);
      return ref;
    })
    .immediate();
}

/** The file holds the old text or the new one, never part of it. */
function replaceFile(file: string, text: string): void {
  const partial = `${file}.partial`;
  const handle = openSync(partial, 'w');
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(partial, file);
}
