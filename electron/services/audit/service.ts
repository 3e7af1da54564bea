import type { ServiceApi } from '../../../shared/contract/index.ts';
import { workspacePaths, type Workspace } from '../../database/workspace/open.ts';
import type { ServiceContext } from '../context.ts';
import { readText } from '../signoff/text-file.ts';
import { logReads } from './aside.ts';
import { AuditLog } from './audit-log.ts';
import { openCheckpointSigner } from './checkpoint-key.ts';
import { redactText } from './redact.ts';
import { textsBeside } from './texts.ts';
import { verifyAside } from './verify-aside.ts';
import type { Withholds } from './withheld.ts';
import { importWitness, witnessedHeads } from './witness.ts';

/** The workspace's log, with the key that signs its heads. */
export const openAuditLog = (workspace: Workspace): AuditLog =>
  new AuditLog(workspace.db, openCheckpointSigner(workspacePaths(workspace.folder).logKey));

/** The log of a workspace; `withholds` says which texts are kept from who reads here. */
export function auditService(context: ServiceContext, withholds: Withholds): ServiceApi<'audit'> {
  const { log, actor, now, changed } = context;
  return {
    ...logReads(context, withholds),
    checkpoint: async () => log.checkpoint(),
    verify: () => verifyAside(context),
    texts: async ({ seq }) => textsBeside(log.db, seq),
    redact: async ({ seq, name, because }) => {
      redactText(log, { seq, name, because, actor, at: now() });
      changed('audit', 'workspace');
    },
    witnesses: async () => witnessedHeads(log.db),
    witness: async ({ path, keptBy }) => {
      const note = await readText(path);
      try {
        const { size } = importWitness(log, { note, keptBy, actor, at: now() });
        return { size };
      } finally {
        // an alarm is kept too, and has to be seen
        changed('audit', 'workspace');
      }
    },
  };
}
