import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { badInput, notFound } from '../../../shared/domain/error.ts';
import { rowsOfCampaign } from '../../database/review/campaign-rows.ts';
import { listCampaigns } from '../../database/review/campaigns.ts';
import { workspacePaths } from '../../database/workspace/open.ts';
import { exportCampaign } from '../../services/review/exchange/export.ts';
import { mergeCampaign } from '../../services/review/exchange/merge.ts';
import { readerOf } from '../../services/review/session.ts';
import { present, progress } from '../output.ts';
import { unlockRosterKey } from '../roster-key.ts';
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
      if (existsSync(options.out)) throw badInput(`${options.out} exists already; name another file`);
      const bytes = await withWorkspace(folder, async ({ workspace: { db }, roster, folder: root }) => {
        const now = new Date().toISOString();
        const { key, person } = await unlockRosterKey(options.key, roster());
        const { id, roles } = person;
        const by = { person: id, key, reader: readerOf({ person: id, roles }) };
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
        () =>
          `${options.out} holds the campaign, ${bytes} bytes. It holds the sides and golden answers too: whoever has it can read them, so hand it to nobody who judges this campaign blind.`,
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
