import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { PROJECT } from '../runtime/cache.ts';
import { launchApp, type RunningApp } from './app.ts';
import { answerDialogs, openRoute } from './window.ts';

const SAMPLE = join(PROJECT, 'resources', 'sample');

let app: RunningApp;
let page: Page;
test.beforeAll(async () => {
  app = await launchApp();
  page = app.page;
});
test.afterAll(() => app.close());
test.beforeEach(() => openRoute(page, '/releases'));

const tray = () => page.getByRole('region', { name: 'Running work' });

/** A copy of the sample's candidate that a test may spoil. */
async function copyOfCandidate(name: string): Promise<string> {
  const folder = join(app.userData, name);
  await cp(join(SAMPLE, 'releases', 'us-2026.11.0'), folder, { recursive: true });
  return folder;
}

/** Drops a file on the window as the desktop does: a real file, known by its path. */
async function drop(path: string): Promise<void> {
  await page.evaluate(() => {
    const input = Object.assign(document.createElement('input'), { type: 'file', id: 'dropped' });
    document.body.append(input);
  });
  await page.locator('#dropped').setInputFiles(path);
  await page.evaluate(() => {
    const input = document.querySelector<HTMLInputElement>('#dropped');
    const file = input?.files?.[0];
    if (file === undefined) throw new Error('no file to drop');
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(file);
    for (const kind of ['dragover', 'drop'])
      window.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
    input?.remove();
  });
}

test('a bundle chosen in the dialog is imported, checked and listed', async () => {
  const folder = await copyOfCandidate('good');
  await writeFile(
    join(folder, 'release.yaml'),
    [
      'name: for-you-ranker',
      'version: us-2026.12.0',
      'team: us',
      'parent: us-2026.11.0',
      'created_at: "2026-11-20T12:00:00Z"',
      'submitted_by: mara.quinones',
      'intended_use: Ranks the For You feed of US users.',
      '',
    ].join('\n'),
  );
  await answerDialogs(app.electron, { open: join(folder, 'release.yaml') });
  await page.getByRole('button', { name: 'Import a release…' }).click();
  await expect(tray()).toContainText('us-2026.12.0 is in the workspace');
  await expect(page.getByRole('row', { name: /^us-2026\.12\.0 / })).toBeVisible();
  await tray().getByRole('button', { name: 'Open' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('us-2026.12.0');
  await tray().getByRole('button', { name: 'Put away' }).click();
  await expect(tray()).toBeHidden();
});

test('a cancelled dialog changes nothing', async () => {
  await app.electron.evaluate(({ dialog }) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: true, filePaths: [] });
  });
  await page.getByRole('button', { name: 'Import a release…' }).click();
  await expect(tray()).toBeHidden();
});

test('a refused bundle says in one sentence which file is wrong, and nothing is left behind', async () => {
  const folder = await copyOfCandidate('linked');
  await symlink('/etc/passwd', join(folder, 'notes.txt'));
  await answerDialogs(app.electron, { open: join(folder, 'release.yaml') });
  const rows = await page.getByRole('grid', { name: 'Releases' }).getAttribute('aria-rowcount');
  await page.getByRole('button', { name: 'Import a release…' }).click();
  await expect(tray()).toContainText('Refused');
  await expect(tray()).toContainText('notes.txt');
  await expect(page.getByRole('grid', { name: 'Releases' })).toHaveAttribute('aria-rowcount', rows ?? '');
  await tray().getByRole('button', { name: 'Put away' }).click();
});

test('a file dropped anywhere is imported, or refused with its sentence', async () => {
  await mkdir(join(app.userData, 'drops'), { recursive: true });
  const path = join(app.userData, 'drops', 'broken.zip');
  await writeFile(path, 'this is no zip file');
  await openRoute(page, '/log');
  await drop(path);
  await expect(tray()).toContainText('Import of broken.zip');
  await expect(tray()).toContainText('Refused');
  await expect(tray()).toContainText('broken.zip', { useInnerText: true });
  await tray().getByRole('button', { name: 'Put away' }).click();
});

test('a dropped file that is no snapshot is refused with its sentence', async () => {
  const path = join(app.userData, 'drops', 'broken.snapshot.sqlite');
  await writeFile(path, 'this is no database');
  await drop(path);
  await expect(tray()).toContainText('Import of broken.snapshot.sqlite');
  await expect(tray()).toContainText(/Refused.*broken\.snapshot\.sqlite/);
  await tray().getByRole('button', { name: 'Put away' }).click();
});
