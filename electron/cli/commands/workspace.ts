import { dirname } from 'node:path';
import { Command } from 'commander';
import { gatesFile } from '../../installed-files.ts';
import { openAuditLog } from '../../services/audit/service.ts';
import { foundEmpty } from '../../services/workspace/found-empty.ts';
import { backUp } from '../../services/workspace/backup.ts';
import { present, progress } from '../output.ts';

export function workspaceCommand(): Command {
  const workspace = new Command('workspace').description(
    'found the folder that holds a team’s work, and back it up',
  );
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
  workspace
    .command('backup')
    .argument('<workspace>', 'folder of the workspace; others may work in it meanwhile')
    .requiredOption('--out <folder>', 'a new folder, which is a whole workspace then')
    .description(
      'copy a workspace as it stands at one moment, and read the copy through; to restore, open it',
    )
    .action(async (folder: string, { out }: { out: string }, command: Command) => {
      const backup = await backUp(folder, out, {
        progress: (done, total) =>
          progress(
            done < total ? `${Math.floor((100 * done) / total)} % copied` : 'Reading the copy through …',
          ),
      });
      progress('');
      const { size, root } = backup.head ?? { size: 0, root: 'none' };
      present(command, backup, () =>
        [
          `${backup.folder} holds the workspace, ${Math.ceil(backup.bytes / 1e6)} MB of database, read through and whole`,
          `  entries in its log  ${size}`,
          `  root of its log     ${root}`,
        ].join('\n'),
      );
    });
  return workspace;
}
