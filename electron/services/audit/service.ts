import type { ServiceApi } from '../../../shared/contract/index.ts';
import { workspacePaths, type Workspace } from '../../database/workspace/open.ts';
import { AuditLog } from './audit-log.ts';
import { openCheckpointSigner } from './checkpoint-key.ts';

/** The workspace's log, with the key that signs its heads. */
export const openAuditLog = (workspace: Workspace): AuditLog =>
  new AuditLog(workspace.db, openCheckpointSigner(workspacePaths(workspace.folder).logKey));

export function auditService(log: AuditLog): ServiceApi<'audit'> {
  return {
    entries: async (query) => log.entries(query),
    checkpoint: async () => log.checkpoint(),
    verify: async () => log.verify(),
  };
}
