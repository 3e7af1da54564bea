import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { foundWorkspace } from '../../../electron/database/workspace/found.ts';
import { isReadWhole } from '../../../electron/database/workspace/file.ts';
import { openWorkspace, workspacePaths } from '../../../electron/database/workspace/open.ts';
import { openAuditLog } from '../../../electron/services/audit/service.ts';
import { backUp } from '../../../electron/services/workspace/backup.ts';
import { testFolder } from '../../fixtures/replay/folder.ts';
import { gatesFile } from '../../fixtures/replay/gates-file.ts';
import { insertMadeCampaign } from '../../fixtures/review/campaign.ts';
import { decide } from '../../fixtures/review/decided.ts';

const cli = join(import.meta.dirname, '../../../electron/cli/main.ts');

async function made(feeds = 40) {
  const parent = testFolder();
  const workspace = await foundWorkspace(join(parent, 'team'), { name: 'Team', sample: false, gatesFile });
  onTestFinished(() => workspace.close());
  const campaign = insertMadeCampaign(workspace, feeds, 2);
  const log = openAuditLog(workspace);
  const work = (feed: number): void => {
    workspace.db.transaction(() => {
      decide(workspace, campaign, { itemId: '7', note: `clip ${feed}` }, { feed });
      log.append({
        at: new Date().toISOString(),
        actor: 'sam',
        action: 'review.submit',
        subject: 'f',
        body: {},
      });
    })();
  };
  work(0);
  return { parent, workspace, work, out: join(parent, 'copy') };
}

describe('a backup', () => {
  test('is a whole workspace as it stood at one moment, whoever works in the one it is of', async () => {
    const { workspace, work, out } = await made(4000);
    workspace.db.transaction(() => {
      for (let feed = 1; feed < 1000; feed += 1) work(feed);
    })();
    const { size, root } = openAuditLog(workspace).checkpoint() ?? {};
    let turns = 0;
    const { head, folder } = await backUp(workspace.folder, out, {
      progress: () => {
        work(1000 + turns);
        turns += 1;
      },
    });
    expect(turns).toBeGreaterThan(1);
    expect([folder, head]).toEqual([out, { size, root }]);
    const copy = openWorkspace(out);
    onTestFinished(() => copy.close());
    const count = (of: typeof copy) => of.db.prepare('SELECT count(*) FROM review_decision').pluck().get();
    expect([count(copy), count(workspace)]).toEqual([1000, 1000 + turns]);
    expect(openAuditLog(copy).verify()).toMatchObject({ ok: true });
    expect(openAuditLog(copy).key).toBe(openAuditLog(workspace).key);
    expect(statSync(join(out, 'keys')).mode & 0o777).toBe(0o700);
  });

  test('of a workspace that nobody has open leaves nothing beside it, nor beside itself', async () => {
    const { workspace, out } = await made();
    workspace.close();
    const before = readdirSync(workspace.folder);
    await backUp(workspace.folder, out);
    expect(readdirSync(workspace.folder)).toEqual(before);
    expect(readdirSync(out)).toEqual(before);
    const { database } = workspacePaths(out);
    expect(isReadWhole(1e9, !existsSync(`${database}-wal`))).toBe(false);
  });

  test('of an older format keeps that format', async () => {
    const { workspace, out } = await made();
    workspace.db.pragma('user_version = 17');
    await backUp(workspace.folder, out);
    const db = new Database(workspacePaths(out).database, { readonly: true });
    expect(db.pragma('user_version', { simple: true })).toBe(17);
    db.close();
  });

  test('that is stopped, or whose copy is not what it should be, leaves nothing', async () => {
    const { parent, workspace, out } = await made();
    const stop = new AbortController();
    const stopping = { signal: stop.signal, progress: () => stop.abort() };
    await expect(backUp(workspace.folder, out, stopping)).rejects.toThrow('The backup was stopped');
    const other = { inspect: () => ({ size: 7, root: 'x' }) };
    await expect(backUp(workspace.folder, out, other)).rejects.toThrow('the log of the copy ends elsewhere');
    expect(readdirSync(parent)).toEqual(['team']);
  });
});

describe('stateside workspace backup', () => {
  const stateside = (...args: string[]) => spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' });

  test('tells where the log of the copy ends', async () => {
    const { workspace, out } = await made();
    const { status, stdout } = stateside('--json', 'workspace', 'backup', workspace.folder, '--out', out);
    expect([status, JSON.parse(stdout)]).toMatchObject([0, { folder: out, head: { size: 2 } }]);
  });

  test('refuses with one sentence what would overwrite, swallow itself, or is no workspace', async () => {
    const { parent, workspace, out } = await made();
    writeFileSync(out, 'something');
    const folder = workspace.folder;
    const refusals = [
      [folder, out, /copy exists already and is not overwritten/],
      [folder, join(folder, 'releases', 'copy'), /lies within the workspace itself/],
      [folder, join(parent, 'no', 'copy'), /the folder of .* does not exist; make it first/],
      [parent, join(parent, 'other'), /holds no workspace/],
    ] as const;
    for (const [from, to, sentence] of refusals)
      expect(stateside('workspace', 'backup', from, '--out', to)).toMatchObject({
        ...{ status: 2, stdout: '', stderr: expect.stringMatching(sentence) },
      });
    expect(readdirSync(parent).toSorted()).toEqual(['copy', 'team']);
  });

  test('says of a disk that takes no more that there is no room, and leaves nothing', async () => {
    const { parent, workspace, out } = await made();
    const run = 'ulimit -f 200; exec "$0" "$@"';
    const args = [process.execPath, cli, 'workspace', 'backup', workspace.folder, '--out', out];
    const { status, stderr } = spawnSync('bash', ['-c', run, ...args], { encoding: 'utf8' });
    expect(stderr).toBe(
      `stateside: The disk does not take ${out}, so nothing of it was kept; make room or choose another disk.\n`,
    );
    expect(status).toBe(2);
    expect(readdirSync(parent)).toEqual(['team']);
  });
});
