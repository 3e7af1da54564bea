import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { badInput, notFound } from '../../../shared/domain/error.ts';
import { unusableBecause } from '../../../shared/domain/roster/keyring.ts';
import { rowsOfCampaign } from '../../database/review/campaign-rows.ts';
import { listCampaigns } from '../../database/review/campaigns.ts';
import { workspacePaths } from '../../database/workspace/open.ts';
import { exportCampaign } from '../../services/review/exchange/export.ts';
import { mergeCampaign } from '../../services/review/exchange/merge.ts';
import { readerOf } from '../../services/review/session.ts';
import { unlockKey } from '../../services/signoff/key-file.ts';
import { readText } from '../../services/signoff/text-file.ts';
import { present, progress } from '../output.ts';
import { askPassphrase } from '../passphrase.ts';
import { withWorkspace } from '../workspace.ts';

interface Export {
  readonly campaign: string;
  readonly key: string;
  readonly out: string;
}

/** Campaigns between the workspaces of a team. */
export function exchangeCommands(review: Command): void {
  review
    .command('export')
    .argument('<workspace>', 'folder')
    .requiredOption('--campaign <name>', 'its name, or how its id begins')
    .requiredOption('--key <file>', 'your private key, which signs; what you may not read yet stays out')
    .requiredOption('--out <file>', 'where the campaign goes, for example november.review.jsonl')
    .description('write a campaign with its policies and every decision to a signed file, however long')
    .action(async (folder: string, options: Export, command: Command) => {
      const key = unlockKey(await readText(options.key), await askPassphrase(options.key), options.key);
      if (existsSync(options.out)) throw badInput(`${options.out} exists already; name another file`);
      const bytes = await withWorkspace(folder, async ({ workspace: { db }, roster, folder: root }) => {
        const now = new Date().toISOString();
        const known = roster().keys.find(({ keyId }) => keyId === key.keyId);
        const because = known === undefined ? 'is not on the roster' : unusableBecause(known, now);
        if (known === undefined || because !== null || known.person.organisation !== 'us')
          throw badInput(
            `${options.key}: the key ${because ?? 'is not of the US team'}, so nobody would take the file; sign with another`,
          );
        const { id: person, roles } = known.person;
        const by = { person, key, reader: readerOf({ person, roles }) };
        const campaign = namedCampaign(listCampaigns(db), options.campaign);
        const total = rowsOfCampaign(db, campaign);
        const task = { database: workspacePaths(root).database, campaign, by, now };
        return exportCampaign(task, options.out, {
          progress: (rows) => progress(`${rows} rows of about ${Math.max(rows, total)}`),
        });
      });
      progress('');
      present(
        command,
        { file: options.out, bytes },
        () => `${options.out} holds the campaign, ${bytes} bytes.`,
      );
    });

  review
    .command('merge')
    .argument('<workspace>', 'folder')
    .argument('<file>', 'a campaign that another workspace exported')
    .description(
      'take in what a campaign’s file holds and the workspace lacks; merging twice changes nothing',
    )
    .action(async (folder: string, path: string, _: unknown, command: Command) => {
      const merged = await withWorkspace(folder, async ({ workspace: { db }, log, roster }) =>
        mergeCampaign(
          db,
          log,
          { path, keys: roster().keys, actor: userInfo().username, now: new Date().toISOString() },
          { progress: (done, total) => progress(`${done} of ${total} pieces`) },
        ),
      );
      progress('');
      const { signedBy, added, known, conflicts } = merged;
      present(command, merged, () =>
        [
          `Merged what ${signedBy} signed: ${added} new decisions, ${known} known before.`,
          ...conflicts.map(
            ({ person, feed, subject }) =>
              `${person} has two decisions in force on ${subject} of feed ${feed + 1}.`,
          ),
        ].join('\n'),
      );
    });
}

function namedCampaign(campaigns: ReturnType<typeof listCampaigns>, name: string): string {
  const found = campaigns.filter(({ id, definition }) => definition.name === name || id.startsWith(name));
  const [campaign] = found;
  if (campaign === undefined)
    throw notFound(
      `the workspace has no campaign “${name}”; it has ${campaigns.map(({ definition }) => `“${definition.name}”`).join(', ') || 'none'}`,
    );
  if (found.length > 1)
    throw badInput(`--campaign ${name} names ${found.length} campaigns; give more of the id`);
  return campaign.id;
}
