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

test('many decisions are changed in one step after a look at what would change, and taken back', async () => {
  await openRoute(page, `/review/history?campaign=${campaign}&policy=spam`);
  await page.getByRole('link', { name: 'Change many…' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Bulk changes');
  const form = page.getByRole('form', { name: 'Bulk change' });
  await form.getByRole('checkbox', { name: 'remove from recommendations' }).check();
  await expect(page.getByRole('alert')).toContainText('2 decisions cannot be so');
  await form.getByRole('combobox', { name: 'Policy it violates' }).click();
  await page.getByRole('option', { name: 'Spam and scams' }).click();
  await form.getByRole('combobox', { name: /^Reason/ }).click();
  await page.getByRole('option', { name: 'Fraud or phishing' }).click();
  const would = page.getByRole('table', { name: 'Decisions that would change' });
  await expect(would.getByRole('row')).toHaveCount(3);
  await expect(form.getByRole('button', { name: 'Change 2 decisions' })).toBeDisabled();
  await would.getByRole('checkbox').first().click();
  await expect(page.getByText('1 decision would change.')).toBeVisible();
  await page.getByRole('button', { name: 'Put 1 decision left out back in' }).click();
  await form
    .getByRole('textbox', { name: 'Reason of the batch' })
    .fill('Scams go, they are not only demoted');
  expect(await seriousFlaws(page)).toEqual([]);
  await form.getByRole('button', { name: 'Change 2 decisions' }).click();
  const batches = page.getByRole('table', { name: 'Batches' });
  await expect(batches).toContainText('Scams go, they are not only demoted');
  await batches.getByRole('button', { name: 'Take back “Scams go, they are not only demoted”' }).click();
  await expect(
    batches.getByRole('row', { name: /Scams go, they are not only demoted 2 taken back/ }),
  ).toBeVisible();
  await expect(batches).toContainText('took another back');
});

test('a lead draws decisions by chance and says what they find, one after the other', async () => {
  await unlockReview(page, 'Mara Quiñones');
  await openRoute(page, `/review/audits?campaign=${campaign}`);
  await page.getByRole('textbox', { name: 'Decisions' }).fill('2');
  await page.getByRole('button', { name: 'Draw a sample' }).click();
  await expect(page.getByText('2 decisions of 2 left to audit')).toBeVisible();
  await page.getByRole('table', { name: 'Decisions to audit' }).getByRole('button').first().click();
  const dialog = page.getByRole('dialog', { name: 'Audit a decision' });
  await dialog.getByRole('radio', { name: /^false positive/ }).check();
  await expect(dialog.getByText('Say why, in a sentence.')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Why' }).fill('It is a joke');
  expect(await seriousFlaws(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Sign the audit and go on' }).click();
  await expect(dialog.getByRole('radio', { name: /^false positive/ })).not.toBeChecked();
  await dialog.getByRole('radio', { name: /^upheld/ }).check();
  await dialog.getByRole('button', { name: 'Sign the audit and go on' }).click();
  await expect(page.getByText('The sample is audited. Draw again for more.')).toBeVisible();
  await expect(
    page.getByRole('table', { name: 'Audits' }).getByRole('row', { name: /It is a joke/ }),
  ).toBeVisible();
});

test('figures show a lead everybody, and a reviewer themselves beside the team', async () => {
  await openRoute(page, `/review/quality?campaign=${campaign}`);
  const reviewers = page.getByRole('table', { name: 'Reviewers' });
  await expect(reviewers.getByRole('row')).toHaveCount(4);
  await expect(reviewers.getByRole('row', { name: /All together/ })).toContainText('1');
  await expect(page.getByRole('table', { name: 'Policies' })).toContainText('Spam and scams');
  await unlockReview(page, 'Sam Okafor');
  await openRoute(page, '/review');
  await openRoute(page, `/review/quality?campaign=${campaign}`);
  await expect(page.getByRole('heading', { name: 'How do you do, beside the team?' })).toBeVisible();
  await expect(reviewers.getByRole('row')).toHaveCount(3);
  await expect(reviewers).not.toContainText('lucia.ortega');
});

test('a decision is kept under a key that means nothing else, changed, shared and removed', async () => {
  await openRoute(page, '/review/macros');
  await page.getByRole('button', { name: 'Keep a decision…' }).click();
  const form = page.getByRole('form', { name: 'Kept decision' });
  await form.getByRole('textbox', { name: 'Name' }).fill('Phishing');
  await form.getByRole('textbox', { name: 'Key' }).fill('1');
  await expect(form.getByText('1 is “Item is fine; move on” already.')).toBeVisible();
  await form.getByRole('textbox', { name: 'Key' }).fill('f');
  await form.getByRole('checkbox', { name: 'remove from recommendations' }).check();
  await form.getByRole('combobox', { name: 'Policy it violates' }).click();
  await page.getByRole('option', { name: 'Spam and scams' }).click();
  await form.getByRole('button', { name: 'Keep it' }).click();
  const macros = page.getByRole('table', { name: 'Kept decisions' });
  await expect(macros.getByRole('row', { name: /Phishing f .* yours/ })).toBeVisible();
  await macros.getByRole('button', { name: 'Change “Phishing”' }).click();
  await form.getByRole('checkbox', { name: 'For the whole team' }).check();
  await form.getByRole('button', { name: 'Keep it' }).click();
  await expect(macros.getByRole('row', { name: /Phishing .* the team’s/ })).toBeVisible();
  await macros.getByRole('button', { name: 'Remove “Phishing”' }).click();
  await expect(page.getByText('No decision is kept yet')).toBeVisible();
});
