import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { foundWorkspace } from '../../../electron/database/workspace/found.ts';
import { openWorkspace } from '../../../electron/database/workspace/open.ts';
import { decisionsOf } from '../../../electron/database/review/decisions.ts';
import { openAuditLog } from '../../../electron/services/audit/service.ts';
import { testFolder } from '../../fixtures/replay/folder.ts';
import { gatesFile } from '../../fixtures/replay/services.ts';
import { insertMadeCampaign } from '../../fixtures/review/campaign.ts';

const writer = join(import.meta.dirname, '../../fixtures/review/writer.ts');
const KILLS = Number(process.env['STATESIDE_REVIEW_KILLS'] ?? 12);

async function made(feeds: number, reviewersPerFeed: number) {
  const folder = join(testFolder(), 'team');
  const workspace = await foundWorkspace(folder, { name: 'Team', sample: false, gatesFile });
  const campaign = insertMadeCampaign(workspace, feeds, reviewersPerFeed);
  workspace.close();
  return { folder, ...campaign };
}

type Writer = ChildProcessByStdio<null, Readable, null>;

/** A process that reviews, and the ids of the decisions it was told are kept. */
function start({ folder, id, policies }: Awaited<ReturnType<typeof made>>, person: string) {
  const child: Writer = spawn(process.execPath, [writer, folder, id, policies, person], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  const confirmed = (): string[] => text.split('\n').slice(0, -1);
  return { process: child, confirmed };
}

/** Every decision of the campaign; each submission is whole, in the log once, and the log holds. */
function kept({ folder, id }: { folder: string; id: string }) {
  const workspace = openWorkspace(folder);
  const log = openAuditLog(workspace);
  const decisions = decisionsOf(workspace.db, id, null);
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
  const campaign = await made(20_000, 1);
  const confirmed: string[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const running = start(campaign, 'sam.okafor');
    await once(running.process.stdout, 'data');
    await setTimeout(Math.random() * 120);
    running.process.kill('SIGKILL');
    await once(running.process, 'close');
    confirmed.push(...running.confirmed());
  }
  expect(confirmed.length).toBeGreaterThan(KILLS * 4);
  const { ids } = kept(campaign);
  expect(confirmed.filter((id) => !ids.has(id))).toEqual([]);
  expect(ids.size - confirmed.length).toBeLessThanOrEqual(KILLS * 4);
}, 300_000);

test('two people in two processes share a campaign out without judging a feed twice', async () => {
  const campaign = await made(120, 1);
  const both = [start(campaign, 'sam.okafor'), start(campaign, 'lucia.ortega')];
  await Promise.all(both.map(({ process }) => once(process, 'close')));
  expect(both.map(({ process }) => process.exitCode)).toEqual([0, 0]);
  const { ids, submissions } = kept(campaign);
  expect(submissions.size).toBe(120);
  expect(new Set(both.flatMap(({ confirmed }) => confirmed()))).toEqual(ids);
});

test('one person in two windows loses nothing and submits each feed once', async () => {
  const campaign = await made(60, 1);
  const both = [start(campaign, 'sam.okafor'), start(campaign, 'sam.okafor')];
  await Promise.all(both.map(({ process }) => once(process, 'close')));
  expect(both.map(({ process }) => process.exitCode)).toEqual([0, 0]);
  const { ids, submissions } = kept(campaign);
  expect(submissions.size).toBe(60);
  expect(new Set(both.flatMap(({ confirmed }) => confirmed()))).toEqual(ids);
});
