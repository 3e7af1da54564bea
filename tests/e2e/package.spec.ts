import { spawn, spawnSync, type SpawnSyncOptionsWithStringEncoding } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from '@playwright/test';
import { PROJECT } from '../runtime/cache.ts';
import { machineFlags } from '../runtime/locate.ts';

const FOLDER = join(PROJECT, 'dist', 'linux-unpacked');
const APP = join(FOLDER, 'stateside');
const SNAPSHOT = join(PROJECT, 'resources', 'sample', 'us-2022-04.snapshot.sqlite');

let scratch: string;
test.beforeAll(async () => {
  test.setTimeout(180_000);
  scratch = await mkdtemp(join(tmpdir(), 'stateside-package-'));
  const { status, stderr } = spawnSync(process.execPath, [join(PROJECT, 'tests', 'runtime', 'package.ts')], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`packaging failed: ${stderr}`);
});
test.afterAll(() => rm(scratch, { recursive: true, force: true }));

/** Runs the packaged app without a display. */
function run(args: readonly string[], env: Record<string, string> = {}) {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...rest } = process.env;
  const options: SpawnSyncOptionsWithStringEncoding = {
    encoding: 'utf8',
    env: { ...rest, ...env },
    timeout: 30_000,
  };
  return spawnSync(APP, [...machineFlags(), ...args], options);
}

test('the fuses stand in the binary as the release needs them', async () => {
  const fuses = await getCurrentFuseWire(APP);
  // the fuse wire holds the characters 0, 1 and r
  const state = (option: FuseV1Options) => String.fromCharCode(fuses[option] ?? 0);
  expect({
    runAsNode: state(FuseV1Options.RunAsNode),
    cookieEncryption: state(FuseV1Options.EnableCookieEncryption),
    nodeOptions: state(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    inspect: state(FuseV1Options.EnableNodeCliInspectArguments),
    asarIntegrity: state(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    onlyAsar: state(FuseV1Options.OnlyLoadAppFromAsar),
    fileProtocol: state(FuseV1Options.GrantFileProtocolExtraPrivileges),
  }).toEqual({
    runAsNode: '0',
    cookieEncryption: '1',
    nodeOptions: '0',
    inspect: '0',
    asarIntegrity: '1',
    onlyAsar: '1',
    fileProtocol: '0',
  });
});

test('its command line reads a snapshot without a display', () => {
  const { status, stdout } = run(['snapshot', 'info', SNAPSHOT, '--json']);
  expect(JSON.parse(stdout)).toMatchObject({ meta: { jurisdiction: 'US' } });
  expect(status).toBe(0);
});

test('its command line refuses with exit code 2 and one sentence', () => {
  const { status, stderr } = run(['snapshot', 'info', '/nonexistent.sqlite']);
  expect(status).toBe(2);
  expect(stderr).toMatch(/^stateside: \/nonexistent\.sqlite does not exist.*$/m);
});

test('its command line walks the whole way on the sample it carries', () => {
  const { status, stdout } = run(['demo', '--out', join(scratch, 'demo')]);
  expect(stdout).toContain('Verified the record with the roster alone');
  expect(status).toBe(0);
});

test('it does not run as Node, and takes no code from its environment', async () => {
  const planted = join(scratch, 'planted.cjs');
  const mark = join(scratch, 'mark');
  await writeFile(planted, `require('node:fs').writeFileSync(${JSON.stringify(mark)}, 'ran')`);
  expect(spawnSync(process.execPath, [planted]).status).toBe(0);
  await rm(mark);
  run([planted], { ELECTRON_RUN_AS_NODE: '1' });
  run(['--version'], { NODE_OPTIONS: `--require=${planted}` });
  expect(existsSync(mark)).toBe(false);
});

test('its window opens on the sample, cannot be driven from outside and ends when asked', async () => {
  const userData = join(scratch, 'user-data');
  const log = join(userData, 'logs', 'stateside.log');
  const opening = [`--user-data-dir=${userData}`, '--inspect=39517', '--remote-debugging-port=39518'];
  const app = spawn(APP, [...machineFlags(), ...opening], { stdio: 'ignore' });
  const ended = new Promise((resolve) => app.on('exit', resolve));
  try {
    await expect
      .poll(() => existsSync(log) && readFileSync(log, 'utf8'), { timeout: 30_000 })
      .toContain('window ready');
    await expect
      .poll(() => existsSync(join(userData, 'Sample workspace', 'workspace.sqlite')), { timeout: 30_000 })
      .toBe(true);
    expect(await Promise.all([39_517, 39_518].map(isOpen))).toEqual([false, false]);
    expect(app.exitCode).toBeNull();
  } finally {
    app.kill();
  }
  await ended;
  expect(readFileSync(log, 'utf8')).not.toMatch(/failed|crashed|ended/);
});

test('it carries its own code and nothing of other systems', () => {
  const resources = join(FOLDER, 'resources');
  const packages = listPackage(join(resources, 'app.asar'), { isPack: false })
    .map((path) => /^\/node_modules\/([^/]+)$/.exec(path)?.[1])
    .filter((name) => name !== undefined);
  expect(packages.toSorted()).toEqual([
    'better-sqlite3',
    'onnxruntime-common',
    'onnxruntime-node',
    'piscina',
  ]);
  const files = readdirSync(resources, { recursive: true, encoding: 'utf8' });
  expect(
    files.filter((path) =>
      /\.(dll|dylib)$|(darwin|win32|linuxmusl|arm64)[^/]*\.node$|default_app/.test(path),
    ),
  ).toEqual([]);
  expect(files.filter((path) => path.endsWith('.node')).length).toBeGreaterThanOrEqual(2);
});

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
  });
}
