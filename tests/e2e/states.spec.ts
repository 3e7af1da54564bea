import { expect, test, type Page } from '@playwright/test';
import { launchApp, type RunningApp } from './app.ts';
import { openRoute, sampleOf } from './window.ts';

const ROWS = 100_000;

let app: RunningApp;
let page: Page;
test.beforeAll(async () => {
  app = await launchApp();
  page = app.page;
});
test.afterAll(() => app.close());

test('of 100,000 requests only those in sight exist, and any of them is one key away', async () => {
  await app.electron.evaluate(({ ipcMain }, total) => {
    ipcMain.removeHandler('replay:requests');
    ipcMain.handle('replay:requests', (_event, { offset, limit }: { offset: number; limit: number }) => ({
      ok: true,
      value: {
        total,
        offset,
        rows: Array.from({ length: Math.min(limit, total - offset) }, (_, row) => ({
          requestId: `request-${offset + row}`,
          userId: `user-${(offset + row) % 977}`,
          requestedAt: '2026-11-20T12:00:00Z',
          candidates: 300,
          overlap: 0.5,
          rbo: 0.25,
          firstChanged: true,
          largestMove: 9,
          ndcg: null,
          labelled: { baseline: 0, candidate: 0 },
        })),
      },
    }));
  }, ROWS);
  const { candidateReplay } = await sampleOf(page);
  await openRoute(page, `/replay/${candidateReplay}`);
  const grid = page.getByRole('grid', { name: 'Requests' });
  await expect(grid).toHaveAttribute('aria-rowcount', String(ROWS + 1));
  await expect(grid.getByRole('row', { name: /^request-0 / })).toBeVisible();
  await grid.focus();
  await page.keyboard.press('End');
  await expect(grid.getByRole('row', { name: /^request-99999 / })).toBeVisible();
  expect(await grid.getByRole('row').count()).toBeLessThan(80);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Home');
  await expect(grid.getByRole('row', { name: /^request-0 / })).toBeVisible();
});

test('a failure says what happened and offers to try again', async () => {
  await app.electron.evaluate(({ ipcMain }) => {
    ipcMain.removeHandler('audit:entries');
    ipcMain.handle('audit:entries', () => ({
      ok: false,
      error: {
        code: 'bad_input',
        message: 'workspace.sqlite cannot be read; put its disk back and try again',
      },
    }));
  });
  await openRoute(page, '/log');
  await expect(page.getByRole('alert')).toContainText('workspace.sqlite cannot be read; put its disk back');
  await app.electron.evaluate(({ ipcMain }) => {
    ipcMain.removeHandler('audit:entries');
    ipcMain.handle('audit:entries', () => ({ ok: true, value: { total: 0, offset: 0, rows: [] } }));
  });
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('grid', { name: 'Log entries' })).toContainText('Nothing has been done');
});

test('while an answer is on the way, its place is kept and said to be loading', async () => {
  await app.electron.evaluate(({ ipcMain }) => {
    ipcMain.removeHandler('releases:get');
    ipcMain.handle('releases:get', () => new Promise(() => {}));
  });
  await openRoute(page, `/releases/${(await sampleOf(page)).candidate}`);
  await expect(page.getByRole('status', { name: 'Loading' })).toBeVisible();
});

test('the tray shows how far work is, its rate, the time left, and cancels it', async () => {
  const job = {
    id: 'job-1',
    title: 'Replay of us-2026.11.0',
    route: '/replay',
    state: 'running',
    place: null,
    done: 12_000,
    total: 50_000,
    rate: 2000,
    unit: 'requests',
    message: null,
  };
  await app.electron.evaluate(({ BrowserWindow, ipcMain }, job) => {
    const show = (state: string) =>
      BrowserWindow.getAllWindows()[0]?.webContents.send('jobs:changed', [{ ...job, state }]);
    ipcMain.removeHandler('jobs:cancel');
    ipcMain.handle('jobs:cancel', () => {
      show('cancelled');
      return { ok: true, value: undefined };
    });
    show('running');
  }, job);
  const tray = page.getByRole('region', { name: 'Running work' });
  await expect(tray).toContainText('12,000 of 50,000 requests · 2,000/s · 19 s left');
  await tray.getByRole('button', { name: 'Cancel' }).click();
  await expect(tray).toContainText('Cancelled');
});

test('an empty workspace says what belongs there and offers the first step', async () => {
  await openRoute(page, '/');
  await app.electron.evaluate(({ BrowserWindow, ipcMain }) => {
    const nothing = {
      'workspace:overview': {
        workspace: { name: 'New workspace', path: '/new', sample: false, jurisdiction: 'US' },
        production: null,
        awaiting: [],
        changes: [],
        releases: [],
      },
      'releases:list': [],
      'replay:list': [],
      'snapshots:list': [],
      'signoff:people': [],
    };
    for (const [channel, value] of Object.entries(nothing)) {
      ipcMain.removeHandler(channel);
      ipcMain.handle(channel, () => ({ ok: true, value }));
    }
    const services = ['workspace', 'releases', 'replay', 'snapshots', 'signoff'];
    BrowserWindow.getAllWindows()[0]?.webContents.send('data:changed', services);
  });
  await expect(page.getByText('Nothing ranks feeds here yet')).toBeVisible();
  await expect(page.getByRole('main').getByRole('button', { name: 'Import a release…' })).toHaveCount(2);
  for (const [route, words] of [
    ['/releases', 'No releases yet'],
    ['/replay', 'Two releases are needed'],
    ['/signoff', 'Nothing awaits a decision'],
  ] as const) {
    await openRoute(page, route);
    await expect(page.getByText(words, { exact: true })).toBeVisible();
  }
});
