import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type Page } from '@playwright/test';
import { PROJECT } from '../runtime/cache.ts';
import { launchApp, type RunningApp } from './app.ts';
import { openPage, PAGES } from './pages.ts';

const FOLDER = process.env['SCREENSHOTS'] ?? join(PROJECT, 'resources', 'docs');

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
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const console of PAGES) {
      if (console.picture === undefined) continue;
      await openPage(page, console);
      await console.prepare?.(page);
      await page.mouse.move(0, 0);
      await page.waitForTimeout(250);
      await page.screenshot({ path: join(FOLDER, `${console.picture}-${scheme}.png`) });
    }
  }
});
