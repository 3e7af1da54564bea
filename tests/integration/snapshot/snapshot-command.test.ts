import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { digestFile } from '../../../electron/database/digest-file.ts';
import { newFolder, smallSnapshot, tamper } from './small.ts';

const MAIN = join(import.meta.dirname, '../../../electron/cli/main.ts');

function stateside(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, 'snapshot', ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('stateside snapshot', () => {
  it('info tells a person what the file is', () => {
    const { status, stdout, stderr } = stateside('info', smallSnapshot());
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^name +small\ndigest +sha256:[0-9a-f]{64}\n/);
    expect(stdout).toMatch(/candidates +4\n/);
  });

  it('info --json prints one document', async () => {
    const path = smallSnapshot();
    const { status, stdout } = stateside('info', path, '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      path,
      digest: await digestFile(path),
      bytes: statSync(path).size,
      idOrder: 'integer',
      counts: { requests: 2 },
    });
  });

  it('check says in one line that a snapshot is sound', () => {
    const path = smallSnapshot();
    expect(stateside('check', path)).toEqual({
      status: 0,
      stdout: `${path} is a sound snapshot.\n`,
      stderr: '',
    });
  });

  it('check lists what is wrong and ends with 2 and one sentence', () => {
    const path = tamper(
      smallSnapshot(),
      'DELETE FROM user; UPDATE candidate SET propensity = 3 WHERE ordinal = 0',
    );
    const { status, stdout, stderr } = stateside('check', path);
    expect(status).toBe(2);
    expect(stdout.trimEnd().split('\n')).toHaveLength(4);
    expect(stderr).toBe(
      `stateside: ${path} is not a sound snapshot: Request 10 belongs to user 7, who is not in the user table (the first of 4 problems); build it again.\n`,
    );
    const json = stateside('check', path, '--json', '--limit', '2');
    expect(json.status).toBe(2);
    expect(JSON.parse(json.stdout)).toMatchObject({ ok: false, complete: false, problems: { length: 2 } });
  });

  it('synth makes a sound snapshot, the same for the same options', () => {
    const folder = newFolder();
    const make = (name: string) =>
      stateside(
        'synth',
        '--requests',
        '20',
        '--candidates',
        '12',
        '--seed',
        '3',
        '--stills',
        '2',
        join(folder, name),
        '--json',
      );
    const [one, two] = [make('one.sqlite'), make('two.sqlite')];
    expect([one.status, one.stderr]).toEqual([0, '']);
    expect(JSON.parse(one.stdout).counts).toMatchObject({ requests: 20, candidates: 240, stills: 2 });
    expect(JSON.parse(two.stdout).digest).toBe(JSON.parse(one.stdout).digest);
    expect(stateside('check', join(folder, 'one.sqlite')).status).toBe(0);
    const again = make('one.sqlite');
    expect(again.status).toBe(2);
    expect(again.stderr).toMatch(/one\.sqlite exists already and is not replaced/);
    expect(readdirSync(folder)).toEqual(['one.sqlite', 'two.sqlite']);
  });

  it.each([
    ['info', 'a file that is not there', (path: string) => `${path}.gone`, /does not exist/],
    ['info', 'a folder', dirname, /is a folder/],
    ['check', 'a truncated file', (path: string) => (truncateSync(path, 9000), path), /is truncated/],
    [
      'info',
      'another application_id',
      (path: string) => tamper(path, 'PRAGMA application_id = 5'),
      /not a Stateside snapshot/,
    ],
    [
      'check',
      'a newer version',
      (path: string) => tamper(path, 'PRAGMA user_version = 9'),
      /made by a newer Stateside/,
    ],
    [
      'check',
      'features of the wrong length',
      (path: string) => tamper(path, `UPDATE request SET features = x'00' WHERE request_id = 9`),
      /Request 9 has 1 bytes of features where its candidates need 8/,
    ],
  ])('%s ends with 2 and one sentence for %s', (command, _, prepare, sentence) => {
    const path = prepare(smallSnapshot());
    const { status, stderr } = stateside(command, path);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^stateside: [^\n]+\n$/);
    expect(stderr).toMatch(sentence);
  });

  it.each([[['--seed', 'x']], [['--seed', '1', '--candidates', '-3']], [['--seed', '1.5']]])(
    'synth ends with 2 for %j',
    (flags) => {
      const folder = newFolder();
      const { status, stderr } = stateside(
        'synth',
        '--requests',
        '2',
        '--candidates',
        '3',
        ...flags,
        join(folder, 'x'),
      );
      expect(status).toBe(2);
      expect(stderr).toMatch(/must be a whole number/);
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  it('leaves nothing under the target’s name when a build is killed', async () => {
    const folder = newFolder();
    const args = [
      'synth',
      '--requests',
      '1000000',
      '--candidates',
      '100',
      '--seed',
      '1',
      join(folder, 'big.sqlite'),
    ];
    const build = spawn(process.execPath, [MAIN, 'snapshot', ...args], { stdio: 'ignore' });
    const ended = once(build, 'exit');
    while (readdirSync(folder).length === 0) await setTimeout(20);
    await setTimeout(500);
    build.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
    const left = readdirSync(folder);
    rmSync(folder, { recursive: true });
    expect(left).toEqual([expect.stringMatching(/^\.big\.sqlite\..*\.building$/)]);
  });
});
