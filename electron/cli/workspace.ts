import { openWorkspace, type Workspace } from '../database/workspace/open.ts';
import type { AuditLog } from '../services/audit/audit-log.ts';
import { openAuditLog } from '../services/audit/service.ts';
import type { RosterChain } from '../services/signoff/roster-chain.ts';
import { workspaceRoster } from '../services/signoff/tables.ts';
import { progress } from './output.ts';

/** A workspace that a command works on. */
export interface OpenedWorkspace {
  readonly workspace: Workspace;
  readonly folder: string;
  readonly log: AuditLog;
  readonly roster: () => RosterChain;
}

/** Opens a workspace and says on the way what takes long about it. */
export function openTold(folder: string): Workspace {
  let told = false;
  const workspace = openWorkspace(folder, ({ what, done, total }) => {
    told = true;
    progress(total === null ? `${what} …` : `${what}: ${Math.floor((100 * done) / total)} %`);
  });
  if (told) progress('');
  return workspace;
}

/** Opens a workspace for as long as a command needs it. */
export async function withWorkspace<Value>(
  folder: string,
  use: (opened: OpenedWorkspace) => Promise<Value>,
): Promise<Value> {
  const workspace = openTold(folder);
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
