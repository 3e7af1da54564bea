import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { SAMPLE } from '../runtime/sample.ts';
import { launchApp, type RunningApp } from './app.ts';
import { feedRoute } from './pages.ts';
import { complaintsOf, openRoute, sampleOf } from './window.ts';

let app: RunningApp;
let page: Page;
let complaints: string[];

test.beforeAll(async () => {
  app = await launchApp();
  page = app.page;
  complaints = complaintsOf(page);
});
test.afterAll(() => app.close());

test('a workspace with gates of an older version is offered those it never had, and nothing changes unasked', async () => {
  const file = join(app.userData, SAMPLE, 'gates.yaml');
  const whole = readFileSync(file, 'utf8');
  writeFileSync(file, whole.slice(0, whole.indexOf('\n  - name: feeds_reviewed')));
  await openRoute(page, '/replay/gates');
  await expect(
    page.getByText(/^4 gates ship with .* never had: “Feeds were reviewed by people”/),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Look at them' }).click();
  const form = page.getByRole('form', { name: 'Change the gates' });
  const differing = form.getByRole('list', { name: 'Gates that differ' });
  await expect(differing.getByText('added')).toHaveCount(4);
  await expect(form.getByText('14 gates, all in order')).toBeVisible();
  await form.getByRole('button', { name: 'Leave them as they are' }).click();
  await expect(page.getByText('As the workspace was founded')).toBeVisible();
  writeFileSync(file, whole);
  await page.reload();
  await openRoute(page, '/replay');
});

test('the gates are changed with a reason, checked while they are typed, and every version is kept', async () => {
  await openRoute(page, '/replay');
  await page.getByRole('link', { name: 'Gates', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Gates', exact: true })).toBeVisible();
  await expect(page.getByText('As the workspace was founded')).toBeVisible();
  await page.getByRole('button', { name: 'Change the gates' }).click();
  const form = page.getByRole('form', { name: 'Change the gates' });
  const text = form.getByRole('textbox', { name: 'gates.yaml' });
  const before = await text.inputValue();
  await text.fill(before.replace('op: gte', 'op: about'));
  await expect(form.getByText(/gates\.yaml: line \d+: gates\[5\]\.op/)).toBeVisible();
  await text.fill(before.replace('threshold: -0.005', 'threshold: -0.02'));
  await expect(form.getByRole('list', { name: 'Gates that differ' })).toContainText('at least −0.02');
  const save = form.getByRole('button', { name: 'Put revision 2 in force' });
  await expect(save).toBeDisabled();
  await form.getByRole('textbox', { name: 'Why' }).fill('Safer versions may cost half a point.');
  await save.click();
  await expect(page.getByText('Revision 2 in force', { exact: true })).toBeVisible();
  await expect(page.getByText('Safer versions may cost half a point.')).toBeVisible();
  await page.getByRole('button', { name: 'What it changed' }).click();
  await expect(page.getByRole('list', { name: 'Gates that differ' })).toContainText('changed');
});

test('any two items of a feed say what would turn them round', async () => {
  await openRoute(page, await feedRoute(await sampleOf(page), page));
  await page.getByRole('listbox', { name: 'Feed of the candidate' }).getByRole('option').nth(1).click();
  const why = page.getByRole('complementary', { name: 'Why here' });
  await why.getByRole('combobox', { name: 'The other item' }).click();
  await page.getByRole('option', { name: /^#1 / }).click();
  await expect(why.getByText(/Loses to #1 by .*; (would win if|no change of a single weight)/)).toBeVisible();
  await page.reload();
  await expect(why.getByText(/Loses to #1 by/)).toBeVisible();
});

test('a replay says what it will do before it starts, drafts and the logged order included', async () => {
  await openRoute(page, '/replay');
  const form = page.getByRole('form', { name: 'New replay' });
  await expect(
    form.getByText(/^Ranks all 742 requests of US feeds, April 2022 with us-2026\.10\.0/),
  ).toBeVisible();
  await expect(form.getByText(/^Likely .* by a trial of/)).toBeVisible({ timeout: 40_000 });
  await form.getByRole('combobox', { name: 'Baseline' }).click();
  await page.getByRole('option', { name: 'The order the log holds' }).click();
  await expect(
    form.getByText(/with the order the log holds and with .* evidence for no release/),
  ).toBeVisible();
  await form.getByLabel('Take the change apart (slower)').check();
  await expect(form.getByText(/the logged order has none/)).toBeVisible({ timeout: 40_000 });
  await form.getByLabel('Take the change apart (slower)').uncheck();
  await form.getByLabel('Items per feed').fill('0');
  await expect(form.getByText('Give a whole number from 1 to 1,000')).toBeVisible();
  await expect(form.getByRole('button', { name: /^Replay / })).toBeDisabled();
});

test('the window complained about nothing on the way', () => {
  expect(complaints).toEqual([]);
});
