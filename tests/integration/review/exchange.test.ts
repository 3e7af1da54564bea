import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { connectWorkspaceFile } from '../../../electron/database/workspace/file.ts';
import { workspacePaths } from '../../../electron/database/workspace/open.ts';
import { workerFiles } from '../../../electron/installed-files.ts';
import { openAuditLog } from '../../../electron/services/audit/service.ts';
import { Jobs } from '../../../electron/services/jobs/jobs.ts';
import { mergeAside } from '../../../electron/services/review/exchange/aside.ts';
import { workspaceRoster } from '../../../electron/services/signoff/tables.ts';
import { enveloped } from '../../../electron/workers/envelope.ts';
import { WorkerPool } from '../../../electron/workers/pool.ts';
import { DsseEnvelope } from '../../../shared/domain/statements/dsse.ts';
import { testFolder } from '../../fixtures/replay/folder.ts';
import { exported } from '../../fixtures/review/exchanged.ts';
import { judge, verdict } from './judge.ts';
import { created, decided, PASSPHRASE, reviewWorld } from './world.ts';

const cli = join(import.meta.dirname, '../../../electron/cli/main.ts');

describe('files between workspaces', () => {
  test('carry a campaign whole, and merging the same file twice changes nothing', async () => {
    const here = await reviewWorld();
    const { id: campaign } = await created(here);
    await here.as('Sam Okafor');
    await judge(here, campaign);
    const file = await exported(here.services.review, campaign);
    const there = await reviewWorld();
    await there.as('Lucia Ortega');
    expect(await there.services.review.merge(file)).toMatchObject({
      campaign,
      signedBy: 'Sam Okafor',
      added: 2,
      known: 0,
      conflicts: [],
    });
    const before = there.workspace.db.serialize();
    expect(await there.services.review.merge(file)).toMatchObject({ added: 0, known: 2 });
    expect(there.workspace.db.serialize().equals(before)).toBe(true);
    expect(await decided(there, campaign)).toEqual(await decided(here, campaign));
    expect((await there.services.review.report({ campaign })).digest).toBe(
      (await here.services.review.report({ campaign })).digest,
    );
    expect((await there.services.audit.verify()).ok).toBe(true);
  });

  test('show where one person decided differently on two machines, and keep both', async () => {
    const [here, there] = [await reviewWorld(), await reviewWorld()];
    const { id: campaign } = await created(here);
    await here.as('Sam Okafor');
    await there.as('Sam Okafor');
    const empty = await exported(here.services.review, campaign);
    await judge(here, campaign, verdict('acceptable'));
    await there.services.review.merge(empty);
    const full = await exported(here.services.review, campaign);
    await there.services.review.merge(full);
    const mine = (await decided(there, campaign)).find(({ ruling }) => ruling.kind === 'feed');
    await there.services.review.reverse({
      decision: mine?.id ?? '',
      ruling: verdict('not acceptable', 'there'),
    });
    await here.services.review.reverse({ decision: mine?.id ?? '', ruling: verdict('acceptable', 'here') });
    const merged = await here.services.review.merge(await exported(there.services.review, campaign));
    expect(merged.conflicts).toEqual([{ person: 'sam.okafor', feed: 0, subject: 'feed' }]);
    expect(await decided(here, campaign)).toHaveLength(4);
  });

  test('are refused when changed, cut, swapped, unsigned or of something else', async () => {
    const world = await reviewWorld();
    const { id: campaign } = await created(world);
    await world.as('Sam Okafor');
    await judge(world, campaign);
    const { path } = await exported(world.services.review, campaign);
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    const [head = '', ...rows] = lines.slice(0, -1);
    const end = lines.at(-1) ?? '';
    const there = await reviewWorld();
    await there.as('Lucia Ortega');
    const before = there.workspace.db.serialize();
    const merge = (...text: string[]) => {
      writeFileSync(path, text.map((line) => `${line}\n`).join(''));
      return there.services.review.merge({ path });
    };
    const refuses = (text: string[], because: string) => expect(merge(...text)).rejects.toThrow(because);
    await refuses([head.replace('first look', 'other look'), ...rows, end], 'line 1 is not what was signed');
    await refuses([head, ...rows], 'the signature, is missing');
    await refuses([head, ...rows.slice(1), end], 'line 2 is not what was signed');
    await refuses([head, ...rows.toReversed(), end], 'line 2 is not what was signed');
    await refuses([head, ...rows, rows.at(-1) ?? '', end], `line ${lines.length} was not signed`);
    await refuses([head, ...rows, end, end], 'was not signed');
    const unsigned = JSON.stringify({ ...DsseEnvelope.parse(JSON.parse(end)), signatures: [] });
    await refuses([head, ...rows, unsigned], 'not signed by a US key');
    await refuses(['{'], 'campaign.review.jsonl: is not an exported review campaign');
    expect(there.workspace.db.serialize().equals(before)).toBe(true);
    expect(await merge(...lines)).toMatchObject({ added: 2 });
  });

  test('that are long are merged on a thread of their own', async () => {
    const here = await reviewWorld();
    const { id: campaign } = await created(here);
    await here.as('Sam Okafor');
    await judge(here, campaign);
    const { path } = await exported(here.services.review, campaign);
    const { workspace, services } = await reviewWorld();
    const { keys } = workspaceRoster(workspace.db);
    const jobs = new Jobs(() => {});
    const pool = new WorkerPool(workerFiles.replay, 1);
    const context = { workspace, log: openAuditLog(workspace), jobs, pool };
    const task = { path, keys, actor: 'sam.okafor', now: '2026-11-21T00:00:00.000Z' };
    try {
      expect(await mergeAside(context, task, 0)).toMatchObject({ campaign, added: 2, known: 0 });
      expect(await mergeAside(context, task, 0)).toMatchObject({ added: 0, known: 2 });
      writeFileSync(path, readFileSync(path, 'utf8').slice(0, -300));
      await expect(mergeAside(context, task, 0)).rejects.toMatchObject({ code: 'bad_input' });
    } finally {
      await pool.close();
    }
    expect(workspace.db.pragma('busy_timeout', { simple: true })).toBe(5000);
    expect((await services.audit.verify()).ok).toBe(true);
  });

  test('wait for nobody: whoever writes during a merge is told so, and nothing is lost', async () => {
    const { workspace } = await reviewWorld();
    const other = connectWorkspaceFile(workspacePaths(workspace.folder).database);
    other.exec('BEGIN IMMEDIATE');
    workspace.db.pragma('busy_timeout = 10');
    expect(await enveloped(async () => workspace.db.exec('BEGIN IMMEDIATE'))(null)).toMatchObject({
      ok: false,
      error: { code: 'conflict', message: expect.stringContaining('wait until that is done') },
    });
    other.exec('ROLLBACK');
    other.close();
  });

  test('go out and come in on the command line, and what cannot be is one sentence', async () => {
    const here = await reviewWorld();
    const { id: campaign } = await created(here);
    await here.as('Sam Okafor');
    await judge(here, campaign);
    const keyId = (await here.services.review.reviewer())?.keyId ?? '';
    const { folder } = here.workspace;
    const there = await reviewWorld();
    const path = join(testFolder(), 'november.review.jsonl');
    const key = join(workspacePaths(folder).keys, `${keyId}.pem`);
    const run = (...args: string[]) => {
      const env = { ...process.env, STATESIDE_PASSPHRASE: PASSPHRASE };
      const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'review', ...args], {
        ...{ encoding: 'utf8', env },
      });
      return { code: status, out: stdout, err: stderr };
    };
    const args = ['export', folder, '--campaign', 'November, first look', '--key', key, '--out', path];
    expect(run(...args)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/holds the campaign, \d+ bytes/),
    });
    expect(run(...args)).toMatchObject({ code: 2, err: expect.stringContaining('exists already') });
    const merge = () => run('merge', there.workspace.folder, path);
    expect(merge().out).toBe('Merged what Sam Okafor signed: 2 new decisions, 0 known before.\n');
    expect(merge().out).toBe('Merged what Sam Okafor signed: 0 new decisions, 2 known before.\n');
    expect(await decided(there, campaign)).toHaveLength(2);
    const nowhere = ['export', folder, '--campaign', 'May', '--key', key, '--out', `${path}.2`];
    expect(run(...nowhere)).toMatchObject({ code: 2, err: expect.stringContaining('no campaign “May”') });
    expect(run('merge', folder, `${path}.2`)).toMatchObject({
      code: 2,
      err: expect.stringContaining('ENOENT'),
    });
  });
});
