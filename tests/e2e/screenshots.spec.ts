import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { PROJECT } from '../runtime/cache.ts';
import { launchApp, type RunningApp } from './app.ts';
import { openRoute, sampleOf } from './window.ts';

const FOLDER = join(PROJECT, 'resources', 'docs');

test.skip(
  process.env['UPDATE_SCREENSHOTS'] !== '1',
  'UPDATE_SCREENSHOTS=1 takes the pictures of the documents anew',
);

let app: RunningApp;
let page: Page;
test.beforeAll(async () => {
  await mkdir(FOLDER, { recursive: true });
  app = await launchApp();
  page = app.page;
  await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setContentSize(1440, 900),
  );
});
test.afterAll(() => app.close());

test('every page in light and dark', async () => {
  test.setTimeout(180_000);
  const { candidate, candidateReplay, failingReplay } = await sampleOf(page);
  const feed = async () => {
    await openRoute(page, `/replay/${candidateReplay}?sort=largestMove&desc=true`);
    await page.getByRole('grid', { name: 'Requests' }).getByRole('row').nth(1).click();
    await page.getByRole('listbox', { name: 'Feed of the candidate' }).getByRole('option').nth(1).click();
    await expect(page.getByRole('complementary', { name: 'Why here' })).toContainText('What each head adds');
  };
  const to = (route: string) => () => openRoute(page, route);
  const pages: Readonly<Record<string, () => Promise<void>>> = {
    overview: to('/'),
    releases: to('/releases'),
    release: to(`/releases/${candidate}`),
    policy: to(`/releases/${candidate}?tab=policy`),
    replays: to('/replay'),
    replay: to(`/replay/${candidateReplay}`),
    'replay-failing': to(`/replay/${failingReplay}`),
    feed,
    'sign-off': to('/signoff'),
    'sign-off-of-a-release': to(`/signoff/${candidate}`),
    log: to('/log'),
    settings: to('/settings'),
  };
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const [name, open] of Object.entries(pages)) {
      await open();
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
      await page.mouse.move(0, 0);
      await page.waitForTimeout(250);
      await page.screenshot({ path: join(FOLDER, `${name}-${scheme}.png`) });
    }
  }
});
