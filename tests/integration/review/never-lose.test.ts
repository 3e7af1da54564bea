import { cpSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { foundWorkspace } from '../../../electron/database/workspace/found.ts';
import { openWorkspace } from '../../../electron/database/workspace/open.ts';
import { canonicalDigest } from '../../../electron/services/signoff/digest.ts';
import { eachDecision } from '../../../electron/database/review/campaign-rows.ts';
import { openAuditLog } from '../../../electron/services/audit/service.ts';
import { bundled } from '../../fixtures/bundled.ts';
import { testFolder } from '../../fixtures/replay/folder.ts';
import { gatesFile } from '../../fixtures/replay/services.ts';
import { insertMadeCampaign } from '../../fixtures/review/campaign.ts';
import { killed, running } from '../../fixtures/review/killed.ts';

const KILLS = 200;
/** Workspaces that are worked in and killed side by side. */
const LANES = 4;

let writer = '';
beforeAll(async () => {
  const program = await bundled(join(import.meta.dirname, '../../fixtures/review/writers/submit.ts'));
  writer = program.path;
  return program.remove;
});

async function made(feeds: number, reviewersPerFeed: number) {
  const folder = join(testFolder(), 'team');
  const workspace = await foundWorkspace(folder, { name: 'Team', sample: false, gatesFile });
  const campaign = insertMadeCampaign(workspace, feeds, reviewersPerFeed);
  workspace.close();
  return { folder, ...campaign };
}

/** A process that reviews; it prints the ids of the decisions it was told are kept. */
const args = ({ folder, id, policies }: Awaited<ReturnType<typeof made>>, person: string) => [
  ...[folder, id, policies, person],
];

/** Every decision of the campaign; each submission is whole, in the log once, and the log holds. */
function kept({ folder, id }: { folder: string; id: string }) {
  const workspace = openWorkspace(folder);
  const log = openAuditLog(workspace);
  const decisions = [...eachDecision(workspace.db, id, null)].map((decision) => ({
    id: canonicalDigest(decision),
    decision,
  }));
  const bySubmission = new Map<string, string[]>();
  for (const { id, decision } of decisions) {
    const key = `${decision.feed} ${decision.person}`;
    bySubmission.set(key, [...(bySubmission.get(key) ?? []), id]);
  }
  for (const ids of bySubmission.values()) expect(ids).toHaveLength(2);
  const logged = workspace.db
    .prepare(`SELECT value FROM log_entry, json_each(body, '$.decisions') WHERE action = 'review.submit'`)
    .pluck()
    .all();
  expect(logged).toHaveLength(decisions.length);
  expect(new Set(logged)).toEqual(new Set(decisions.map(({ id }) => id)));
  expect(log.verify().ok).toBe(true);
  const counted = workspace.db.prepare('SELECT sum(submissions) FROM review_feed').pluck().get();
  expect(counted).toBe(bySubmission.size);
  workspace.close();
  return { ids: new Set(decisions.map(({ id }) => id)), submissions: bySubmission };
}

test(`killed ${KILLS} times at random moments, no confirmed decision is lost and none is half`, async () => {
  const template = await made(2500, 1);
  const lanes = Array.from({ length: LANES }, () => {
    const folder = join(testFolder(), 'team');
    cpSync(template.folder, folder, { recursive: true });
    return { ...template, folder };
  });
  await Promise.all(
    lanes.map(async (lane) => {
      const confirmed = await killed(writer, args(lane, 'sam.okafor'), KILLS / LANES, 40);
      expect(confirmed.length).toBeGreaterThan(KILLS / LANES);
      const { ids } = kept(lane);
      expect(confirmed.filter((id) => !ids.has(id))).toEqual([]);
      // what was kept and not yet said when the process died is at most one submission a kill
      expect(ids.size - confirmed.length).toBeLessThanOrEqual((KILLS / LANES) * 4);
    }),
  );
}, 300_000);

test('two people in two processes share a campaign out without judging a feed twice', async () => {
  const campaign = await made(120, 1);
  const both = ['sam.okafor', 'lucia.ortega'].map((person) => running(writer, args(campaign, person)));
  await Promise.all(both.map(({ process }) => once(process, 'close')));
  expect(both.map(({ process }) => process.exitCode)).toEqual([0, 0]);
  const { ids, submissions } = kept(campaign);
  expect(submissions.size).toBe(120);
  expect(new Set(both.flatMap(({ printed }) => printed()))).toEqual(ids);
});

test('one person in two windows loses nothing and submits each feed once', async () => {
  const campaign = await made(60, 1);
  const both = ['sam.okafor', 'sam.okafor'].map((person) => running(writer, args(campaign, person)));
  await Promise.all(both.map(({ process }) => once(process, 'close')));
  expect(both.map(({ process }) => process.exitCode)).toEqual([0, 0]);
  const { ids, submissions } = kept(campaign);
  expect(submissions.size).toBe(60);
  expect(new Set(both.flatMap(({ printed }) => printed()))).toEqual(ids);
});
