import { dirname } from 'node:path';
import { Command } from 'commander';
import { gatesFile } from '../../installed-files.ts';
import { openAuditLog } from '../../services/audit/service.ts';
import { foundEmpty } from '../../services/workspace/found-empty.ts';
import { present } from '../output.ts';

export function workspaceCommand(): Command {
  const workspace = new Command('workspace').description('found the folder that holds a team’s work');
  workspace
    .command('new')
    .argument('<folder>', 'a new folder')
    .requiredOption('--name <name>', 'what the workspace is called')
    .description('found a workspace without people or releases; roster import brings the people')
    .action(async (folder: string, { name }: { name: string }, command: Command) => {
      const founded = await foundEmpty(folder, name, dirname(gatesFile));
      const { key } = openAuditLog(founded);
      founded.close();
      present(command, { folder: founded.folder, name: founded.name, logKey: key }, () =>
        [
          `${founded.folder} is founded as “${founded.name}”`,
          `  key of its log  ${key}`,
          '  next            found the roster in the window, or stateside roster import',
        ].join('\n'),
      );
    });
  return workspace;
}
