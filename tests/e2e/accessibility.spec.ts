import { expect, test, type Page } from '@playwright/test';
import { launchApp, type RunningApp } from './app.ts';
import { seriousFlaws } from './flaws.ts';
import { feedRoute, openPage, PAGES } from './pages.ts';
import { openRoute, sampleOf } from './window.ts';

let app: RunningApp;
let page: Page;
test.beforeAll(async () => {
  app = await launchApp();
  page = app.page;
});
test.afterAll(() => app.close());

for (const scheme of ['light', 'dark'] as const) {
  test.describe(`in ${scheme} colours`, () => {
    for (const console of PAGES) {
      test(`${console.name} has no serious flaw for assistive technology`, async () => {
        await page.emulateMedia({ colorScheme: scheme });
        await openPage(page, console);
        expect(await seriousFlaws(page)).toEqual([]);
      });
    }

    test('the chosen card and its reasons have none either', async () => {
      await page.emulateMedia({ colorScheme: scheme });
      await openRoute(page, await feedRoute(await sampleOf(page), page));
      for (const side of ['baseline', 'candidate']) {
        await page
          .getByRole('listbox', { name: `Feed of the ${side}` })
          .getByRole('option')
          .first()
          .click();
        await expect(page.getByRole('option', { selected: true })).toHaveCount(1);
        expect(await seriousFlaws(page)).toEqual([]);
      }
    });

    test('the palette and the key sheet have none either', async () => {
      await page.emulateMedia({ colorScheme: scheme });
      await openRoute(page, '/');
      await page.keyboard.press('Control+k');
      await page.getByRole('textbox', { name: 'Find' }).fill('us-2026');
      await expect(page.getByRole('button', { name: /us-2026\.11\.0/ }).first()).toBeVisible();
      expect(await seriousFlaws(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('textbox', { name: 'Find' })).toBeHidden();
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
      expect(await seriousFlaws(page)).toEqual([]);
      await page.keyboard.press('Escape');
    });
  });
}
