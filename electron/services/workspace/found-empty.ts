import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { basename, join } from 'node:path';
import { refused } from '../../../shared/domain/error.ts';
import { foundWorkspace } from '../../database/workspace/found.ts';
import { workspacePaths, type Workspace } from '../../database/workspace/open.ts';
import { openAuditLog } from '../audit/service.ts';
import { addLibrary } from '../review/policies.ts';

/**
 * Founds a workspace without people or releases in a new folder: with its log and the log's key, the gates that
 * Stateside ships, and the shipped policy libraries. `resources` is the folder that holds `gates.yaml` and `policies`.
 */
export async function foundEmpty(folder: string, name: string, resources: string): Promise<Workspace> {
  const called = name.trim();
  if (called === '') throw refused('a workspace needs a name; write one');
  if (existsSync(workspacePaths(folder).database))
    throw refused(`${folder} holds a workspace already; open it, or choose a new folder`);
  return foundWorkspace(folder, {
    name: called,
    sample: false,
    gatesFile: join(resources, 'gates.yaml'),
    fill: async (workspace) => {
      const log = openAuditLog(workspace);
      const [actor, at] = [userInfo().username, new Date().toISOString()];
      workspace.db
        .transaction(() =>
          log.append({
            ...{ at, actor, action: 'workspace.found', subject: called },
            body: { key: log.key, folder: basename(folder) },
          }),
        )
        .immediate();
      await installPolicies(workspace, join(resources, 'policies'));
    },
  });
}

/** Puts the shipped policy libraries in, so that a review can be set up at once. */
export async function installPolicies(workspace: Workspace, folder: string): Promise<void> {
  for (const fileName of (await readdir(folder)).toSorted()) {
    const file = { fileName, text: await readFile(join(folder, fileName), 'utf8') };
    addLibrary(workspace, openAuditLog(workspace), file, userInfo().username, new Date().toISOString());
  }
}
