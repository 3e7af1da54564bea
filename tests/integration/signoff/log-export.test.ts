import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { runCli } from '../../../electron/cli/program.ts';
import { exportPeriod } from '../../../electron/services/audit/export-period.ts';
import { rangeOfPeriod } from '../../../electron/services/audit/period.ts';
import { readProvenEntry } from '../../../electron/services/audit/prove.ts';
import { openAuditLog } from '../../../electron/services/audit/service.ts';
import { sha256, sha256Hex } from '../../../electron/services/signoff/digest.ts';
import { leafHash } from '../../../shared/domain/log/merkle.ts';
import { testFolder } from '../../fixtures/replay/folder.ts';
import { newServices } from '../../fixtures/replay/services.ts';

const Exported = z.strictObject({
  format: z.literal('stateside-log-export'),
  version: z.literal(1),
  key: z.string(),
  from: z.string().nullable(),
  until: z.string().nullable(),
  entries: z.array(z.string()),
  texts: z.array(z.object({ seq: z.int(), name: z.string(), salt: z.string(), text: z.string() })),
  proofOfLast: z.string(),
});
const Entry = z.object({ seq: z.int(), at: z.string(), previous: z.string().nullable(), body: z.json() });

/** Services over a log of noon entries, one a day, each with a text of some length beside it. */
async function daily(days: number) {
  const opened = await newServices();
  const log = openAuditLog(opened.workspace);
  opened.workspace.db.transaction(() => {
    for (let day = 0; day < days; day += 1)
      log.append({
        ...{ at: dayAt(day), actor: 'ada', action: 'test.note', subject: `day ${day}`, body: {} },
        texts: { reason: `because of day ${day} ${'…'.repeat(300)}` },
      });
  })();
  return { ...opened, log, out: testFolder() };
}
const dayAt = (day: number): string => new Date(Date.UTC(2026, 9, 1 + day, 12)).toISOString();

/** What an export says, after every entry, text and link of it was checked against its one proof. */
function verified(path: string, logKey: string) {
  const exported = Exported.parse(JSON.parse(readFileSync(path, 'utf8')));
  expect(exported.key).toBe(logKey);
  expect(readProvenEntry(exported.proofOfLast, logKey)?.entry).toBe(exported.entries.at(-1));
  const read = exported.entries.map((entry) => Entry.parse(JSON.parse(entry)));
  for (const [index, { previous }] of read.slice(1).entries())
    expect(previous).toBe(
      Buffer.from(leafHash(sha256, Buffer.from(exported.entries[index] ?? ''))).toString('hex'),
    );
  for (const { seq, salt, text } of exported.texts)
    expect(read.find((entry) => entry.seq === seq)?.body).toMatchObject({
      reason: { textSha256: sha256Hex(salt + text) },
    });
  return { ...exported, read };
}

describe('a period of the log', () => {
  it('is exported with all its entries and texts, which follow from one proof', async () => {
    const { services, log, out } = await daily(31);
    const path = join(out, 'log.json');
    const period = { from: '2026-10-10T00:00:00Z', until: '2026-10-13T00:00:00Z' };
    expect(await services.audit.exportPeriod({ ...period, path })).toEqual({ entries: 3 });
    const { read, texts, from, until } = verified(path, log.key);
    expect(read.map(({ at }) => at.slice(0, 10))).toEqual(['2026-10-10', '2026-10-11', '2026-10-12']);
    expect(texts).toHaveLength(3);
    expect({ from, until }).toEqual(period);
    expect(await services.jobs.list()).toEqual([]);
  });

  it('of none is refused, and nothing is written', async () => {
    const { services, out } = await daily(1);
    const path = join(out, 'log.json');
    await expect(services.audit.exportPeriod({ from: '2027-01-01T00:00:00Z', path })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(readdirSync(out)).toEqual([]);
  });

  it('that is long is a job, and holds every entry all the same', async () => {
    const { services, log, out } = await daily(2_500);
    const path = join(out, 'log.json');
    expect(await services.audit.exportPeriod({ path })).toEqual({ entries: 2_500 });
    expect(verified(path, log.key).read.map(({ seq }) => seq)).toEqual(
      Array.from({ length: 2_500 }, (_, seq) => seq),
    );
    expect(await services.jobs.list()).toMatchObject([
      { title: 'Export the log', state: 'done', done: 2_500, total: 2_500 },
    ]);
  });

  it('leaves nothing behind when its job is cancelled', async () => {
    const { services, out } = await daily(2_500);
    const exporting = services.audit.exportPeriod({ path: join(out, 'log.json') });
    const refusal = exporting.catch((error: unknown) => error);
    await vi.waitUntil(async () => (await services.jobs.list()).length > 0, { interval: 1, timeout: 30_000 });
    const [job] = await services.jobs.list();
    await services.jobs.cancel({ id: job?.id ?? '' });
    expect(await refusal).toMatchObject({ code: 'cancelled' });
    expect(readdirSync(out)).toEqual([]);
    expect((await services.jobs.list()).map(({ state }) => state)).toEqual(['cancelled']);
  });

  it('leaves the file that was there when it is stopped half-way, and takes its place when it is not', async () => {
    const { workspace, log, out } = await daily(1_000);
    const path = join(out, 'log.json');
    writeFileSync(path, 'of last month');
    const task = { period: {}, range: rangeOfPeriod(workspace.db, {}), path };
    const stop = new AbortController();
    const written: number[] = [];
    const progress = (entries: number) => {
      written.push(entries);
      stop.abort(new Error('stopped'));
    };
    await expect(exportPeriod(log, task, { signal: stop.signal, progress })).rejects.toThrow('stopped');
    expect(written[0]).toBeGreaterThan(0);
    expect(written[0]).toBeLessThan(1_000);
    expect(readdirSync(out)).toEqual(['log.json']);
    expect(readFileSync(path, 'utf8')).toBe('of last month');
    await exportPeriod(log, task);
    expect(verified(path, log.key).entries).toHaveLength(1_000);
  });

  it('of a log that was changed is refused, and nothing is written', async () => {
    const { services, workspace, out } = await daily(5);
    workspace.db.exec('DROP TRIGGER log_entry_no_update');
    workspace.db.prepare(`UPDATE log_entry SET leaf_hash = ? WHERE seq = 2`).run('0'.repeat(64));
    await expect(services.audit.exportPeriod({ path: join(out, 'log.json') })).rejects.toMatchObject({
      code: 'failed_check',
    });
    expect(readdirSync(out)).toEqual([]);
  });
});

describe('stateside log export', () => {
  let said: string[];
  beforeEach(() => {
    said = [];
    const hear = (text: string | Uint8Array) => said.push(String(text)) > 0;
    vi.spyOn(process.stdout, 'write').mockImplementation(hear);
    vi.spyOn(process.stderr, 'write').mockImplementation(hear);
  });

  it('writes the file that the window writes', async () => {
    const { folder, services, log, out } = await daily(40);
    const [byWindow, byCommand] = [join(out, 'window.json'), join(out, 'command.json')];
    await services.audit.exportPeriod({
      ...{ from: '2026-10-31T00:00:00.000Z', until: '2026-11-03T00:00:00.000Z', path: byWindow },
    });
    const days = ['--from', '2026-10-31', '--to', '2026-11-03'];
    expect(await runCli(['log', 'export', folder, ...days, '--out', byCommand])).toBe(0);
    expect(said.join('')).toContain(`${byCommand} holds 3 entries and what proves them.`);
    expect(readFileSync(byCommand, 'utf8')).toBe(readFileSync(byWindow, 'utf8'));
    said = [];
    const whole = join(out, 'whole.json');
    expect(await runCli(['log', 'export', folder, '--out', whole, '--json'])).toBe(0);
    expect(JSON.parse(said.join(''))).toEqual({ file: whole, entries: 40 });
    expect(verified(whole, log.key).entries).toHaveLength(40);
  });

  it.each([
    [
      'no workspace',
      (folder: string, out: string) => [join(folder, 'none'), '--out', join(out, 'x.json')],
      /none/,
    ],
    [
      'a period that ends before it begins',
      (folder: string, out: string) => [
        folder,
        '--from',
        '2026-11-02',
        '--to',
        '2026-11-01',
        '--out',
        join(out, 'x'),
      ],
      /--from 2026-11-02 is not before --to 2026-11-01; exchange them/,
    ],
    [
      'a day that is none',
      (folder: string, out: string) => [folder, '--from', 'yesterday', '--out', join(out, 'x')],
      /--from yesterday is not a day or moment/,
    ],
    [
      'a period without entries',
      (folder: string, out: string) => [folder, '--from', '2030-01-01', '--out', join(out, 'x')],
      /Nothing was done in this period/,
    ],
    [
      'a folder that is not there',
      (folder: string, out: string) => [folder, '--out', join(out, 'none', 'x.json')],
      /the folder of .*x\.json does not exist; make it first/,
    ],
    [
      'a file that is there',
      (folder: string, out: string) => [folder, '--out', out],
      /exists already and is not overwritten; choose another name/,
    ],
    ['no file', (folder: string) => [folder], /required option '--out <file>'/],
  ])('refuses %s in one sentence, and writes nothing', async (_, args, sentence) => {
    const { folder, out } = await daily(3);
    expect(await runCli(['log', 'export', ...args(folder, out)])).toBe(2);
    expect(said.join('').trim()).toMatch(sentence);
    expect(said.join('').trim().split('\n')).toHaveLength(1);
    expect(readdirSync(out)).toEqual([]);
  });

  it.runIf(existsSync('/sys/kernel'))('refuses a folder that may not be written', async () => {
    const { folder } = await daily(3);
    expect(await runCli(['log', 'export', folder, '--out', '/sys/kernel/log.json'])).toBe(2);
    expect(said.join('')).toContain('/sys/kernel/log.json may not be written here; choose another folder');
  });

  it('leaves nothing behind when it is interrupted', async () => {
    const { folder, out } = await daily(2_000);
    mkdirSync(join(out, 'there'));
    const before = process.listenerCount('SIGINT');
    const running = runCli(['log', 'export', folder, '--out', join(out, 'there', 'log.json')]);
    while (process.listenerCount('SIGINT') === before) await setImmediate();
    process.emit('SIGINT');
    expect(await running).toBe(2);
    expect(said.join('')).toContain('interrupted; nothing was written');
    expect(readdirSync(join(out, 'there'))).toEqual([]);
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});
