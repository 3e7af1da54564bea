import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runCli } from '../../../electron/cli/program.ts';
import { ReportFile } from '../../../electron/services/replay/report-file.ts';
import { report } from '../../fixtures/gates/evidence.ts';

const folder = mkdtempSync(join(tmpdir(), 'stateside-odd-paths-'));
const path = (name: string): string => join(folder, name);
const SYNTH = ['snapshot', 'synth', '--requests', '1', '--candidates', '2', '--seed', '1'];
writeFileSync(path('file'), '');
afterAll(() => rmSync(folder, { recursive: true }));

let [out, err] = ['', ''];
beforeEach(() => {
  [out, err] = ['', ''];
  vi.stubEnv('STATESIDE_PASSPHRASE', 'correct horse battery staple');
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

it.each([
  ['through a file', path('file/within')],
  ['of a name that is too long', path('x'.repeat(300))],
  ['that is a folder', folder],
  ['in a folder that is not there', path('absent/within')],
])('a path %s is refused in one line by whatever would read or write it', async (_what, odd) => {
  const commands = [
    ['snapshot', 'info', odd],
    [...SYNTH, '--overwrite', odd],
    ['key', 'new', '--name', 'Ada', '--out', odd],
    ['release', 'check', odd],
    ['roster', 'check', odd],
    ['record', 'verify', odd, '--roster', odd],
    ['log', 'verify', odd],
  ];
  for (const command of commands) {
    [out, err] = ['', ''];
    expect([await runCli(command), out]).toEqual([2, '']);
    expect(err).toMatch(/^stateside: [^\n]+\.\n$/);
    expect(err).toContain(odd);
  }
  expect(readdirSync(folder)).toEqual(['file']);
});

it('a demo says that it cannot lie in a file', async () => {
  expect(await runCli(['demo', '--out', path('file')])).toBe(2);
  expect(err).toMatch(/^stateside: \S+file exists already; name another\.\n$/);
});

it('a key of which one half cannot be written leaves no other half', async () => {
  for (const [taken, other] of [
    ['ada.pub.pem', 'ada.pem'],
    ['bea.pem', 'bea.pub.pem'],
  ] as const) {
    writeFileSync(path(taken), 'mine');
    const name = taken.slice(0, 3);
    expect(await runCli(['key', 'new', '--name', name, '--out', path(`${name}.pem`)])).toBe(2);
    expect(existsSync(path(other))).toBe(false);
  }
});

it('a record that is not there is named so, packed or not', async () => {
  for (const absent of ['absent.json', 'absent.zip']) {
    err = '';
    expect(await runCli(['record', 'verify', path(absent), '--roster', path('file')])).toBe(2);
    expect(err).toMatch(/^stateside: [^\n]*(?:does not exist|cannot be read \(ENOENT\))[^\n]*\n$/);
    expect(err).toContain(path(absent));
    expect(err).not.toContain('pack');
  }
});

it.each(['', folder])('a replay is not begun whose report cannot be put at "%s"', async (target) => {
  await expect(ReportFile.create(target)).rejects.toThrow('is no name of a file');
});

it('a report that exists is kept unless it is to be overwritten, whenever it came there', async () => {
  const target = path('report.json');
  const late = await ReportFile.create(target);
  writeFileSync(target, 'mine');
  await expect(ReportFile.create(target)).rejects.toThrow(
    /exists already and is not overwritten; .*--overwrite/,
  );
  await expect(late.finish(report())).rejects.toThrow('exists already');
  await late.discard();
  expect(readFileSync(target, 'utf8')).toBe('mine');
  await (await ReportFile.create(target, true)).finish(report());
  expect(JSON.parse(readFileSync(target, 'utf8'))).toMatchObject({ outcomes: [] });
  expect(readdirSync(folder).filter((name) => name.startsWith('report'))).toEqual(['report.json']);
});
