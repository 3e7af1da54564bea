import { expect, test, type Page } from '@playwright/test';
import { launchApp, type RunningApp } from './app.ts';
import { seriousFlaws } from './flaws.ts';
import { reviewedCampaign, unlockReview } from './reviewed.ts';
import { openRoute } from './window.ts';

let app: RunningApp;
let page: Page;
let campaign: string;
test.beforeAll(async () => {
  app = await launchApp();
  page = app.page;
  campaign = await reviewedCampaign(page);
});
test.afterAll(() => app.close());
test.describe.configure({ mode: 'serial' });

const grid = () => page.getByRole('grid', { name: 'Decisions' });
const chosen = () => grid().locator('[role="row"][aria-selected="true"]');
const says = (text: string | RegExp) => expect(page.getByText(text).last()).toBeVisible();

test('decisions are chosen with the mouse: one, a range, all, none; others’ are not for choosing', async () => {
  await openRoute(page, `/review/history?campaign=${campaign}`);
  await expect(grid()).toHaveAttribute('aria-multiselectable', 'true');
  const boxes = grid().getByRole('checkbox', { name: /^Choose row/, disabled: false });
  await expect(boxes).toHaveCount(5);
  await boxes.first().click();
  await says(/ · 1 chosen$/);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await boxes.nth(3).click({ modifiers: ['Shift'] });
  await says(/ · 4 chosen$/);
  await boxes.nth(1).click({ modifiers: ['Shift'] });
  await says(/ · 2 chosen$/);
  const all = grid().getByRole('checkbox', { name: 'Choose all decisions that can be chosen' });
  await expect(all).toBeChecked({ indeterminate: true });
  await all.click();
  await says(/ · 5 chosen$/);
  await expect(all).toBeChecked();
  expect(await seriousFlaws(page)).toEqual([]);
  await all.click();
  await expect(chosen()).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Change many…' })).toBeVisible();
});

test('decisions are chosen with keys alone, and why one cannot be is said', async () => {
  await grid().focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  await says(/it is of a whole feed; open it to reverse it$/);
  await page.keyboard.press('Control+a');
  await says(/ · 5 chosen$/);
  await page.keyboard.press('Escape');
  await expect(chosen()).toHaveCount(0);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await says(/ · 1 chosen$/);
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('Shift+ArrowDown');
  const more = await chosen().count();
  expect(more).toBeGreaterThan(1);
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('Shift+ArrowUp');
  await expect(chosen()).toHaveCount(1);
  await page.keyboard.press('Shift+End');
  await says(/ · 5 chosen$/);
});

test('what is chosen stays over a reload, is previewed, changed and can be taken back', async () => {
  await page.reload();
  await page.getByRole('link', { name: 'Change 5 chosen…' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Bulk changes');
  await expect(page.getByText('5 decisions that you chose in the history')).toBeVisible();
  const form = page.getByRole('form', { name: 'Bulk change' });
  await form.getByRole('checkbox', { name: 'fine' }).check();
  const would = page.getByRole('table', { name: 'Decisions that would change' });
  await expect(page.getByText('5 decisions would change.')).toBeVisible();
  await would.getByRole('checkbox').first().click();
  await expect(page.getByText('4 decisions would change.')).toBeVisible();
  await page.getByRole('button', { name: 'Put 1 decision left out back in' }).click();
  await form.getByRole('textbox', { name: 'Reason of the batch' }).fill('Looked at once more');
  await form.getByRole('button', { name: 'Change 5 decisions' }).click();
  const batches = page.getByRole('table', { name: 'Batches' });
  await expect(batches.getByRole('row', { name: /Looked at once more 5 in force/ })).toBeVisible();
  await batches.getByRole('button', { name: 'Take back “Looked at once more”' }).click();
  await expect(batches.getByRole('row', { name: /Looked at once more 5 taken back/ }).first()).toBeVisible();
  await openRoute(page, `/review/history?campaign=${campaign}`);
  await expect(chosen()).toHaveCount(0);
});

test('who can change no decision has nothing to choose', async () => {
  await unlockReview(page, 'Dana Whitfield');
  await openRoute(page, '/review');
  await openRoute(page, `/review/history?campaign=${campaign}`);
  await expect(grid().getByRole('row').nth(3)).toBeVisible();
  await expect(grid().getByRole('checkbox')).toHaveCount(0);
});
