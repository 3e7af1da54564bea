import { openWorkspace, type Workspace } from '../database/workspace/open.ts';
import type { AuditLog } from '../services/audit/audit-log.ts';
import { openAuditLog } from '../services/audit/service.ts';
import type { RosterChain } from '../services/signoff/roster-chain.ts';
import { workspaceRoster } from '../services/signoff/tables.ts';

/** A workspace that a command works on. */
export interface OpenedWorkspace {
  readonly workspace: Workspace;
  readonly folder: string;
  readonly log: AuditLog;
  readonly roster: () => RosterChain;
}

/** Opens a workspace for as long as a command needs it. */
export async function withWorkspace<Value>(
  folder: string,
  use: (opened: OpenedWorkspace) => Promise<Value>,
): Promise<Value> {
  const workspace = openWorkspace(folder);
  try {
    return await use({
      workspace,
      folder: workspace.folder,
      log: openAuditLog(workspace),
      roster: () => workspaceRoster(workspace.db),
    });
  } finally {
    workspace.close();
  }
}
