import { expect, test, type Page } from '@playwright/test';
import { launchApp, type RunningApp } from './app.ts';

let app: RunningApp;
let page: Page;
test.beforeAll(async () => {
  app = await launchApp();
  page = app.page;
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sample workspace');
});
test.afterAll(() => app.close());
test.describe.configure({ mode: 'serial' });

const title = () => page.getByRole('heading', { level: 1 });
const focused = () => page.locator(':focus');
const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};

/** Presses Tab until the focus is on what is wanted; fails when it never gets there. */
async function tabTo(wanted: ReturnType<Page['getByRole']>): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(wanted).toBeFocused();
}

for (const [letter, heading] of [
  ['r', 'Releases'],
  ['p', 'Replay'],
  ['s', 'Sign-off'],
  ['l', 'Log'],
  ['t', 'Settings'],
  ['o', 'Sample workspace'],
] as const) {
  test(`g ${letter} goes to ${heading}`, async () => {
    await press('g', letter);
    await expect(title()).toHaveText(heading);
  });
}

test('letters typed into a field are text, not commands', async () => {
  await press('g', 'l');
  await press('/');
  await page.keyboard.type('gr replay');
  await expect(page.getByRole('textbox', { name: 'Search who, what and to what' })).toHaveValue('gr replay');
  await expect(title()).toHaveText('Log');
});

test('? shows the keys of the page, Escape puts them away', async () => {
  await press('Escape');
  await page.getByRole('main').focus();
  await press('?');
  const sheet = page.getByRole('dialog', { name: 'Keys' });
  await expect(sheet).toContainText('Search the log');
  await press('Escape');
  await expect(sheet).toBeHidden();
});

test('Ctrl-K finds a release and goes there', async () => {
  await press('Control+k');
  await expect(page.getByRole('textbox', { name: 'Find' })).toBeFocused();
  await page.keyboard.type('rc1');
  await expect(page.getByRole('button', { name: /^for-you-ranker us-2026\.11\.0-rc1/ })).toBeVisible();
  await press('Enter');
  await expect(title()).toHaveText('us-2026.11.0-rc1');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('a release is opened from the list, and back leads back', async () => {
  await press('g', 'r');
  await tabTo(page.getByRole('grid', { name: 'Releases' }));
  await press('End', 'Enter');
  await expect(title()).toHaveText('us-2026.10.0');
  await page.goBack();
  await expect(title()).toHaveText('Releases');
});

test('a feed is read from the list of requests to the reasons of a card', async () => {
  await press('g', 'p');
  await expect(title()).toHaveText('Replay');
  await tabTo(page.getByRole('grid', { name: 'Replays' }));
  await press('j', 'Enter');
  await expect(title()).toHaveText('us-2026.11.0 against us-2026.10.0');
  const grid = page.getByRole('grid', { name: 'Requests' });
  await tabTo(grid);
  await press('PageDown', 'ArrowDown', 'Enter');
  await expect(title()).toHaveText(/^Request /);
  const baseline = page.getByRole('listbox', { name: 'Feed of the baseline' });
  const candidate = page.getByRole('listbox', { name: 'Feed of the candidate' });
  await tabTo(baseline);
  await press('ArrowDown', 'ArrowDown');
  await expect(baseline.getByRole('option', { selected: true })).toContainText(/^2/);
  await press('Tab');
  await expect(candidate).toBeFocused();
  await press('ArrowDown');
  await expect(candidate.getByRole('option', { selected: true })).toHaveCount(1);
  await press('j', 'k', 'k', 'k', 'k', 'k', 'k', 'k', 'k', 'k', 'k');
  await expect(candidate.getByRole('option', { selected: true })).toContainText(/^1/);
  await expect(page.getByRole('complementary', { name: 'Why here' })).toContainText(/#2/);
  await press('n');
  await expect(page.getByRole('option', { selected: true })).toHaveCount(0);
});

test('what has the focus is seen', async () => {
  await press('g', 'o');
  await expect(title()).toHaveText('Sample workspace');
  for (let step = 0; step < 14; step += 1) {
    await press('Tab');
    const ring = await focused().evaluate((element) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1;
    });
    expect(
      ring,
      `step ${step}: ${await focused().evaluate((element) => element.outerHTML.slice(0, 120))}`,
    ).toBe(true);
  }
});

test('the way to the page skips the rail', async () => {
  await page.reload();
  await expect(title()).toHaveText('Sample workspace');
  await press('Tab');
  await expect(focused()).toHaveText('Skip to the page');
  await press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});
