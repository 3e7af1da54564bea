import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { PROJECT } from '../runtime/cache.ts';
import { locateElectron, machineFlags } from '../runtime/locate.ts';
import { launchApp, type RunningApp } from './app.ts';

let app: RunningApp;
let scratch: string;
test.beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'stateside-shell-'));
  app = await launchApp();
});
test.afterAll(async () => {
  await app.close();
  await rm(scratch, { recursive: true, force: true });
});

/** Lets the next dialogs answer as a person would. */
const answerDialogs = (path: string | null) =>
  app.electron.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: path === null, filePath: path ?? '' });
    dialog.showOpenDialog = () =>
      Promise.resolve({ canceled: path === null, filePaths: path === null ? [] : [path] });
  }, path);

test('saving text writes the file whole, in place of the old one, and leaves nothing beside it', async () => {
  const folder = await mkdtemp(join(scratch, 'save-'));
  const path = join(folder, 'record.json');
  await writeFile(path, 'old');
  await answerDialogs(path);
  const answer = await app.page.evaluate(() =>
    window.stateside.shell.saveText({ suggestedName: 'record.json', text: '{"é":1}' }),
  );
  expect(answer).toEqual({ ok: true, value: { path } });
  expect(await readFile(path, 'utf8')).toBe('{"é":1}');
  expect(await readdir(folder)).toEqual(['record.json']);
});

test('saving where nothing can be written names the place, and what was there stays', async () => {
  await answerDialogs(join(scratch, 'missing', 'record.json'));
  const answer = await app.page.evaluate(() =>
    window.stateside.shell.saveText({ suggestedName: 'record.json', text: 'x' }),
  );
  expect(answer).toMatchObject({
    ok: false,
    error: {
      code: 'bad_input',
      message: expect.stringContaining('missing/record.json could not be written (ENOENT)'),
    },
  });
});

test('a cancelled dialog answers null', async () => {
  await answerDialogs(null);
  const answers = await app.page.evaluate(() =>
    Promise.all([
      window.stateside.shell.saveText({ suggestedName: 'a.json', text: '' }),
      window.stateside.shell.savePdf({ suggestedName: 'a.pdf', route: '/' }),
      window.stateside.shell.chooseBundle(),
      window.stateside.shell.chooseSnapshot(),
    ]),
  );
  expect(answers).toEqual(Array.from({ length: 4 }, () => ({ ok: true, value: null })));
});

test('a bundle is chosen as a folder by its release.yaml', async () => {
  await answerDialogs('/releases/us-1/release.yaml');
  expect(await app.page.evaluate(() => window.stateside.shell.chooseBundle())).toEqual({
    ok: true,
    value: '/releases/us-1',
  });
});

test('files are chosen by their paths, and none when the dialog is cancelled', async () => {
  const choose = () => app.page.evaluate(() => window.stateside.shell.chooseFiles({ what: 'roster' }));
  await answerDialogs('/elsewhere/roster-1.json');
  expect(await choose()).toEqual({ ok: true, value: ['/elsewhere/roster-1.json'] });
  await answerDialogs(null);
  expect(await choose()).toEqual({ ok: true, value: [] });
});

test('copied text stands on the clipboard', async () => {
  await app.page.evaluate(() => window.stateside.shell.copyText({ text: 'sha256:0123' }));
  expect(await app.electron.evaluate(({ clipboard }) => clipboard.readText())).toBe('sha256:0123');
});

test('the first start says that the sample workspace is being made, until it is', async () => {
  const first = await launchApp({ foundsSample: true });
  const notice = first.page.getByText('Making the sample workspace, once');
  await expect(notice).toBeVisible();
  await expect(first.page.getByRole('heading', { level: 1 })).toHaveText('Sample workspace', {
    timeout: 60_000,
  });
  await expect(notice).toHaveCount(0);
  await first.page.reload();
  await expect(first.page.getByRole('heading', { level: 1 })).toHaveText('Sample workspace');
  await expect(notice).toHaveCount(0);
  await first.close();
});

test('an older runtime than the one that ships is told about', async () => {
  const answer = await app.page.evaluate(() => window.stateside.shell.about());
  const major = Number.parseInt(await app.electron.evaluate(() => process.versions.electron ?? ''), 10);
  expect(answer).toMatchObject({
    ok: true,
    value: { runtimeNotice: major < 45 ? expect.stringContaining('not for real keys') : null },
  });
});

test('the menu goes to every page', async () => {
  const labels = await app.electron.evaluate(({ Menu }) =>
    Menu.getApplicationMenu()
      ?.items.find((item) => item.label === '&Go')
      ?.submenu?.items.map((item) => item.label),
  );
  expect(labels).toEqual(
    ['Overview', 'Releases', 'Weights', 'Replay', 'Review', 'Sign-off', 'Log', 'Settings'].filter((name) =>
      labels?.includes(name),
    ),
  );
  for (const [label, route] of [
    ['Releases', '#/releases'],
    ['Log', '#/log'],
    ['Overview', '#/'],
  ] as const) {
    await app.electron.evaluate(({ Menu }, label) => {
      Menu.getApplicationMenu()
        ?.items.find((item) => item.label === '&Go')
        ?.submenu?.items.find((item) => item.label === label)
        ?.click();
    }, label);
    await expect.poll(() => new URL(app.page.url()).hash.split('?')[0]).toBe(route);
  }
});

test('a second start leaves the first window alone and ends', async () => {
  const { executable } = await locateElectron();
  const args = [...machineFlags(), PROJECT, `--user-data-dir=${app.userData}`];
  const { status } = spawnSync(executable, args, { timeout: 20_000 });
  expect(status).toBe(0);
  expect(await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('the window comes back where it was', async () => {
  const userData = await mkdtemp(join(scratch, 'bounds-'));
  const first = await launchApp({ userData });
  await first.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 30, width: 1111, height: 777 }),
  );
  await first.page.waitForTimeout(300);
  await first.close();
  const second = await launchApp({ userData });
  const bounds = await second.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getNormalBounds(),
  );
  expect(bounds).toMatchObject({ width: 1111, height: 777 });
  await second.close();
  await writeFile(join(userData, 'window.json'), '{"x":0,"y":0,"width":-5}');
  const third = await launchApp({ userData });
  const usual = await third.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getNormalBounds(),
  );
  expect(usual).toMatchObject({ width: 1440, height: 900 });
  await third.close();
});

test('a workspace that cannot be opened is named, and the window stays', async () => {
  const empty = await mkdtemp(join(scratch, 'empty-'));
  const other = await launchApp({ workspace: join(empty, 'nowhere') });
  await expect
    .poll(() => readFile(join(other.userData, 'logs', 'stateside.log'), 'utf8'))
    .toContain('the services failed');
  const answer = await other.page.evaluate(() => window.stateside.jobs.list());
  expect(answer).toMatchObject({ ok: false });
  await other.close();
});

test('a page is printed whole, as a PDF with text in it', async () => {
  const path = join(scratch, 'record.pdf');
  await answerDialogs(path);
  const answer = await app.page.evaluate(async () => {
    const overview = await window.stateside.workspace.overview();
    const digest = overview.ok ? overview.value.production?.release.digest : undefined;
    return window.stateside.shell.savePdf({ suggestedName: 'record.pdf', route: `/print/record/${digest}` });
  });
  expect(answer).toEqual({ ok: true, value: { path } });
  const { stdout } = spawnSync('pdftotext', [path, '-'], { encoding: 'utf8' });
  expect(stdout).toContain('us-2026.10.0');
  expect(await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});
