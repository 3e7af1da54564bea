import { userInfo } from 'node:os';
import { Command } from 'commander';
import { gateDifferences, type GateWords } from '../../../shared/domain/gates/difference.ts';
import { offeredGates } from '../../../shared/domain/gates/shipped.ts';
import { parseGateRules } from '../../../shared/domain/gates/rules.ts';
import type { Workspace } from '../../database/workspace/open.ts';
import { openAuditLog } from '../../services/audit/service.ts';
import { gatesFile } from '../../installed-files.ts';
import { changeGates, gatesInForce } from '../../services/gates/versions.ts';
import { readText } from '../../services/signoff/text-file.ts';
import { present } from '../output.ts';
import { openTold } from '../workspace.ts';

export function gateVersionsCommand(): Command {
  return new Command('versions')
    .description('who put which gates in force in a workspace, when and why')
    .argument('<workspace>', 'folder')
    .action((folder: string, _flags: unknown, command: Command) =>
      withWorkspace(folder, async (workspace) => {
        const inForce = gatesInForce(workspace);
        const before = inForce.versions.map(({ text }) => text);
        const offered = offeredGates(inForce.text, before, await readText(gatesFile));
        present(command, { ...inForce, neverHad: offered?.names ?? [] }, () => {
          const { revision, digest, noted, versions } = inForce;
          const head = `revision ${revision} (${digest.slice(0, 12)}…) is in force${noted || versions.length === 0 ? '' : ', changed by hand: nobody noted who and why'}.`;
          const lines = versions.map(
            ({ revision, digest, savedAt, actor, reason }) =>
              `${savedAt}  revision ${revision} (${digest.slice(0, 12)}…)  ${actor ?? 'found in the file'}: ${reason ?? 'no reason noted'}`,
          );
          const offer =
            offered === null
              ? []
              : [
                  `Shipped with this version of Stateside, and never had here: ${offered.names.join(', ')}; copy them from ${gatesFile}, or look at them on the Gates page.`,
                ];
          return [head, ...lines, ...offer].join('\n');
        });
      }),
    );
}

export function changeGatesCommand(): Command {
  return new Command('change')
    .description('put other gates in force in a workspace, under the next revision')
    .argument('<workspace>', 'folder')
    .requiredOption('--from <file>', 'the gates as they shall be')
    .requiredOption('--reason <text>', 'why; it enters the log')
    .action((folder: string, flags: { from: string; reason: string }, command: Command) =>
      withWorkspace(folder, async (workspace) => {
        const text = await readText(flags.from);
        const after = parseGateRules(text, flags.from);
        const { digest: replaces, text: old } = gatesInForce(workspace);
        const { reason } = flags;
        const ref = changeGates(workspace, openAuditLog(workspace), {
          ...{ text, reason, replaces },
          actor: userInfo().username,
          at: new Date().toISOString(),
        });
        const differences = gateDifferences(parseGateRules(old, 'gates.yaml'), after);
        present(command, { ...ref, replaces, differences }, () =>
          [
            `revision ${ref.revision} (${ref.digest.slice(0, 12)}…) is in force.`,
            ...differencesText(differences),
          ].join('\n'),
        );
      }),
    );
}

function differencesText(differences: ReturnType<typeof gateDifferences>): string[] {
  return differences.flatMap(({ name, before, after }) => [
    `${name}:`,
    ...(before === null ? [] : [`  − ${words(before)}`]),
    ...(after === null ? [] : [`  + ${words(after)}`]),
  ]);
}

const words = ({ rule, required }: GateWords): string => `${rule}; ${required ? 'required' : 'advisory'}`;

async function withWorkspace(
  folder: string,
  work: (workspace: Workspace) => void | Promise<void>,
): Promise<void> {
  const workspace = openTold(folder);
  try {
    await work(workspace);
  } finally {
    workspace.close();
  }
}
