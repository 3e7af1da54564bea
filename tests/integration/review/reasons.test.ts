import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { foundWorkspace } from '../../../electron/database/workspace/found.ts';
import { openWorkspace } from '../../../electron/database/workspace/open.ts';
import { Jobs } from '../../../electron/services/jobs/jobs.ts';
import { writeReasonsAside } from '../../../electron/services/review/reasons-aside.ts';
import { writeReasons } from '../../../electron/services/review/reasons.ts';
import { bundled } from '../../fixtures/bundled.ts';
import { gatesFile } from '../../fixtures/replay/gates-file.ts';
import { testFolder } from '../../fixtures/replay/folder.ts';
import { insertMadeCampaign } from '../../fixtures/review/campaign.ts';
import { decide } from '../../fixtures/review/decided.ts';
import { killed } from '../../fixtures/review/killed.ts';

const COUNT = 2500;
const PERIOD = {
  from: '2026-11-01T00:00:00.000Z',
  to: '2026-12-01T00:00:00.000Z',
  reader: null,
  partial: false,
};
const root = join(import.meta.dirname, '../../..');
const cli = join(root, 'electron/cli/main.ts');
const at = (minute: number) => new Date(Date.parse('2026-11-02T00:00:00Z') + minute * 60_000).toISOString();

let writers = { submit: '', reasons: '' };
beforeAll(async () => {
  const folder = join(root, 'tests/fixtures/review/writers');
  const [submit, reasons] = [
    await bundled(join(folder, 'submit.ts')),
    await bundled(join(folder, 'reasons.ts')),
  ];
  writers = { submit: submit.path, reasons: reasons.path };
  return () => [submit, reasons].forEach(({ remove }) => remove());
});

/** A workspace with restrictions every minute, one of them with a note that a spreadsheet would run, one before the period. */
async function decided(count = COUNT) {
  const parent = testFolder();
  const folder = join(parent, 'team');
  const out = join(parent, 'out');
  mkdirSync(out);
  const workspace = await foundWorkspace(folder, { name: 'Team', sample: false, gatesFile });
  const campaign = insertMadeCampaign(workspace, 10, 2);
  const notes = ['=1+1', '+1', '-1', '@x', '\tx', '\rx'];
  workspace.db.transaction(() => {
    decide(workspace, campaign, { itemId: 'before' }, { at: '2026-10-31T23:59:59.999Z' });
    decide(workspace, campaign, { itemId: 'after' }, { at: PERIOD.to });
    for (let item = 0; item < count; item += 1)
      decide(
        workspace,
        campaign,
        { itemId: String(item), note: notes[item] ?? 'n'.repeat(200) },
        { at: at(item >> 1) },
      );
  })();
  const { db } = workspace;
  return { folder, out, workspace, db, campaign };
}

describe('statements of reasons as a file', () => {
  test('are whole and in order of time whatever their number, and no cell is a formula', async () => {
    const { db, out, workspace } = await decided();
    const seen: number[] = [];
    const [json, csv] = [join(out, 'x.json'), join(out, 'x.csv')];
    const progress = (count: number) => void seen.push(count);
    expect(await writeReasons(db, PERIOD, 'json', json, { progress })).toEqual({
      statements: COUNT,
      withheld: 0,
    });
    expect(await writeReasons(db, PERIOD, 'csv', csv)).toEqual({ statements: COUNT, withheld: 0 });
    expect(seen.length).toBeGreaterThan(3);
    const listed: { item_id: string }[] = JSON.parse(readFileSync(json, 'utf8'));
    expect(listed.map(({ item_id: id }) => id)).toEqual(
      Array.from({ length: COUNT }, (_, item) => String(item)),
    );
    const text = readFileSync(csv, 'utf8');
    for (const cell of [`'=1+1`, `'+1`, `'-1`, `'@x`, `'\tx`, `"'\rx"`]) expect(text).toContain(`,${cell},`);
    expect(text.split('\r\n')).toHaveLength(COUNT + 2);
    expect(readdirSync(out)).toEqual(['x.csv', 'x.json']);
    workspace.close();
  });

  test('leave others their turn meanwhile, and nothing when they are cancelled: the file that was there stays', async () => {
    const { db, out, workspace, campaign } = await decided();
    const path = join(out, 'x.csv');
    writeFileSync(path, 'as it was');
    const abort = new AbortController();
    const writing = writeReasons(db, PERIOD, 'csv', path, {
      signal: abort.signal,
      progress: () => {
        decide(workspace, campaign, { itemId: 'meanwhile' }, { at: '2026-12-24T00:00:00.000Z' });
        abort.abort(new Error('cancelled by the test'));
      },
    });
    await expect(writing).rejects.toThrow('cancelled by the test');
    expect(readFileSync(path, 'utf8')).toBe('as it was');
    expect(readdirSync(out)).toEqual(['x.csv']);
    workspace.close();
  });

  test('are a job in the window: cancelled it says so and leaves nothing, else it answers when the file is there', async () => {
    const { db, out, workspace } = await decided();
    const path = join(out, 'x.json');
    const stopping = new Jobs(([job]) => {
      if (job?.state === 'running') void stopping.cancel({ id: job.id });
    });
    await expect(writeReasonsAside({ db, jobs: stopping }, PERIOD, 'json', path)).rejects.toThrow(
      'Cancelled; nothing of it was kept.',
    );
    expect(readdirSync(out)).toEqual([]);
    const jobs = new Jobs(() => {});
    expect(await writeReasonsAside({ db, jobs }, PERIOD, 'json', path)).toEqual({
      ...{ statements: COUNT, withheld: 0 },
    });
    expect(await jobs.list()).toMatchObject([{ state: 'done', done: COUNT, total: COUNT }]);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toHaveLength(COUNT);
    const nowhere = join(out, 'nowhere', 'x.json');
    await expect(writeReasonsAside({ db, jobs }, PERIOD, 'json', nowhere)).rejects.toThrow('make it first');
    workspace.close();
  });

  test('are there whole or not at all when the process is killed, and the next export sweeps what it left', async () => {
    const { folder, out, workspace, db } = await decided();
    const path = join(out, 'x.csv');
    for (let kill = 0; kill < 6; kill += 1) {
      await killed(writers.reasons, [folder, path], 1, 30);
      const there = readdirSync(out).includes('x.csv');
      if (there) expect(readFileSync(path, 'utf8').split('\r\n')).toHaveLength(COUNT + 4);
    }
    await writeReasons(db, PERIOD, 'csv', path);
    expect(readdirSync(out)).toEqual(['x.csv']);
    workspace.close();
  });
});

describe('stateside review reasons', () => {
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' });
    return { code: status, out: stdout, err: stderr };
  };

  test('writes a period to the file, in the form its ending says', async () => {
    const { folder, out, workspace } = await decided(3);
    workspace.close();
    const path = join(out, 'november.json');
    const args = ['review', 'reasons', folder, '--from', '2026-11-01', '--to', '2026-12-01', '--out', path];
    expect(run(...args)).toEqual({ code: 0, out: `${path} holds 3 statements.\n`, err: '' });
    expect(JSON.parse(run('--json', ...args).out)).toEqual({ file: path, statements: 3, withheld: 0 });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toHaveLength(3);
    expect(run('review', 'reasons', '--help').out).toMatch(/however many\s+there are/);
  });

  test('refuses moments, order, forms and folders that cannot be, in one sentence each', async () => {
    const { folder, out, workspace } = await decided(1);
    workspace.close();
    const told = (from: string, to: string, file: string) => {
      const { code, err } = run('review', 'reasons', folder, '--from', from, '--to', to, '--out', file);
      return [code, err];
    };
    const file = join(out, 'x.csv');
    expect(told('soon', '2026-12-01', file)).toEqual([
      2,
      expect.stringContaining('--from soon is not a day'),
    ]);
    expect(told('2026-12-01', '2026-11-01', file)).toEqual([2, expect.stringContaining('exchange them')]);
    expect(told('2026-11-01', '2026-12-01', join(out, 'x.xls'))).toEqual([
      2,
      expect.stringContaining('.csv or .json'),
    ]);
    const nowhere = join(out, 'nowhere', 'x.csv');
    expect(told('2026-11-01', '2026-12-01', nowhere)).toEqual([2, expect.stringContaining('make it first')]);
    expect(readdirSync(out)).toEqual([]);
  });
});

describe('a disk that is full', () => {
  /** Runs a command where no file may grow beyond so many KiB, as on a full disk. */
  const limited = (kib: number, ...args: string[]) =>
    spawnSync('bash', ['-c', `ulimit -f ${kib}; exec "$0" "$@"`, process.execPath, ...args], {
      encoding: 'utf8',
    });

  test('is told in one sentence, and no statement is left half written', async () => {
    const { folder, out, workspace } = await decided();
    workspace.close();
    const path = join(out, 'x.csv');
    const args = ['review', 'reasons', folder, '--from', '2026-11-01', '--to', '2026-12-01', '--out', path];
    const { status, stderr } = limited(300, cli, ...args);
    expect(stderr).toBe(
      `stateside: The disk has no room for ${path}, so nothing of it was kept; make room and do it again.\n`,
    );
    expect(status).not.toBe(0);
    expect(readdirSync(out)).toEqual([]);
  });

  test('stops decisions whole: those that were confirmed are there, and none is half', async () => {
    const folder = join(testFolder(), 'team');
    const made = await foundWorkspace(folder, { name: 'Team', sample: false, gatesFile });
    const { id, policies } = insertMadeCampaign(made, 400, 1);
    made.close();
    const { status, stdout, stderr } = limited(1100, writers.submit, folder, id, policies, 'sam.okafor');
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/SQLITE_(FULL|IOERR_WRITE)/);
    const { db, close } = openWorkspace(folder);
    const kept = db.prepare('SELECT id FROM review_decision').pluck().all();
    const confirmed = stdout.split('\n').slice(0, -1);
    expect(confirmed.length).toBeGreaterThan(10);
    expect(confirmed.filter((one) => !kept.includes(one))).toEqual([]);
    const halves = db
      .prepare('SELECT feed FROM review_decision GROUP BY feed, person HAVING count(*) <> 2')
      .all();
    expect(halves).toEqual([]);
    close();
  });
});
