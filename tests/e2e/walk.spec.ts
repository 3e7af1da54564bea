import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { readPackageZip } from '../../electron/services/signoff/package/package-zip.ts';
import { PROJECT } from '../runtime/cache.ts';
import { launchApp, type RunningApp } from './app.ts';
import { answerDialogs, complaintsOf, openRoute, sampleOf } from './window.ts';

const PASSPHRASE = 'stateside sample';

let app: RunningApp;
let page: Page;
let complaints: string[];
test.beforeAll(async () => {
  app = await launchApp();
  page = app.page;
  complaints = complaintsOf(page);
});
test.afterAll(() => app.close());
test.describe.configure({ mode: 'serial' });

const rail = (name: string) => page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name });
const region = (name: string) => page.getByRole('region', { name, exact: true });

test('Overview tells what ranks US feeds, what awaits a decision and what changed', async () => {
  await expect(region('Ranks US feeds now')).toContainText('us-2026.10.0');
  await expect(region('Ranks US feeds now')).toContainText('approved by Dana Whitfield and Joel Abernathy');
  await expect(region('Awaits a decision')).toContainText('us-2026.11.0 lacks');
  await expect(region('Changed since last week')).toContainText('root imported release');
});

test('a release shows its papers, its weights and its files', async () => {
  await rail('Releases').click();
  await page.getByRole('row', { name: /^us-2026\.11\.0 / }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('us-2026.11.0');
  await expect(region('Manifest')).toContainText('mara.quinones');
  await page.getByRole('tab', { name: 'Policy' }).click();
  await expect(region('Heads and weights').getByRole('row', { name: /^hate/ })).toContainText('−74');
  await page.getByRole('tab', { name: 'Files' }).click();
  await expect(region('Files of the bundle')).toContainText('model.onnx');
});

test('a replay is set up, runs, and shows verdicts, measures and requests', async () => {
  await page.getByRole('link', { name: 'Replay as candidate' }).click();
  await expect(page.getByLabel('Candidate', { exact: true }).first()).toHaveValue(/^us-2026\.11\.0 /);
  await page.getByLabel('Requests at most').fill('120');
  await page.getByRole('button', { name: 'Replay 120 requests' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('us-2026.11.0 against us-2026.10.0');
  await expect(region('Gates')).toContainText('Trained on US data alone');
  await expect(region('What differs')).toContainText('nDCG@10');
  await expect(page.getByRole('grid', { name: 'Requests' })).toHaveAttribute('aria-rowcount', '121');
});

test('the bad release fails its gates in colour, word and shape', async () => {
  const { failingReplay } = await sampleOf(page);
  await openRoute(page, `/replay/${failingReplay}`);
  await expect(region('Gates')).toContainText('3 required gates failed');
  await expect(region('Gates').getByRole('listitem').nth(1)).toContainText('Fail');
});

test('requests can be searched, filtered and sorted, and the view survives a reload', async () => {
  const { candidateReplay } = await sampleOf(page);
  await openRoute(page, `/replay/${candidateReplay}`);
  const grid = page.getByRole('grid', { name: 'Requests' });
  await grid.getByRole('button', { name: 'Largest move' }).click();
  await expect(grid.getByRole('columnheader', { name: 'Largest move' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  const all = Number(await grid.getAttribute('aria-rowcount'));
  await page.getByRole('textbox', { name: 'Search request or user' }).fill('20220416');
  await expect.poll(async () => Number(await grid.getAttribute('aria-rowcount'))).toBeLessThan(all);
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Search request or user' })).toHaveValue('20220416');
  await expect(grid.getByRole('columnheader', { name: 'Largest move' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
});

test('one feed stands under two rankers, and a card says why it stands where it stands', async () => {
  const grid = page.getByRole('grid', { name: 'Requests' });
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await grid.getByRole('row').nth(1).click();
  const candidate = page.getByRole('listbox', { name: 'Feed of the candidate' });
  await expect(
    page.getByRole('listbox', { name: 'Feed of the baseline' }).getByRole('option'),
  ).not.toHaveCount(0);
  await candidate.getByRole('option').first().click();
  const why = page.getByRole('complementary', { name: 'Why here' });
  await expect(why).toContainText(/(Beats|Ties with) #2/);
  await expect(why).toContainText('Feedback observed');
  await why.getByRole('button', { name: 'as a table' }).click();
  const adds = await why
    .getByRole('table', { name: 'Contribution of each head' })
    .locator('tbody tr td:last-child')
    .allTextContents();
  const sum = await why
    .getByText('Sum of what the heads add')
    .locator('..')
    .locator('span')
    .last()
    .textContent();
  const number = (text: string | null) => Number((text ?? '').replace('−', '-').replace('+', ''));
  expect(adds.length).toBeGreaterThan(3);
  expect(adds.map(number).reduce((a, b) => a + b, 0)).toBeCloseTo(number(sum), 2);
});

test('the chosen card survives a reload, and the next request is one step away', async () => {
  const chosen = page.getByRole('option', { selected: true });
  const text = await chosen.textContent();
  await page.reload();
  await expect(chosen).toHaveText(text ?? '');
  const title = page.getByRole('heading', { level: 1 });
  const first = await title.textContent();
  await page.getByRole('button', { name: 'Next request' }).click();
  await expect(title).not.toHaveText(first ?? '');
  await page.getByRole('button', { name: 'Previous request' }).click();
  await expect(title).toHaveText(first ?? '');
});

test('evidence is frozen, and a wrong passphrase signs nothing', async () => {
  await rail('Overview').click();
  await page.getByRole('link', { name: 'Go on with us-2026.11.0' }).click();
  await page.getByLabel('Replay whose report becomes the evidence').first().click();
  await page.getByRole('option', { name: /742 requests/ }).click();
  await page.getByRole('button', { name: 'Freeze the evidence' }).click();
  await expect(region('On which evidence')).toContainText('over 742 requests');
  await signAs('Dana Whitfield', 'not the passphrase');
  await expect(page.getByRole('alert')).toContainText('Dana Whitfield');
  await expect(region('Who signed')).toContainText('Nobody yet');
});

test('two approvers sign, and the release is approved', async () => {
  await signAs('Dana Whitfield', PASSPHRASE);
  await expect(region('Who signed')).toContainText('Dana Whitfield');
  await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText(
    'Whether us-2026.11.0 may rank US feeds',
  );
  await signAs('Joel Abernathy', PASSPHRASE);
  await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText(
    'us-2026.11.0 is approved for ranking US feeds',
  );
});

test('the record is exported as DSSE JSON and as PDF', async () => {
  const json = join(app.userData, 'record.json');
  await answerDialogs(app.electron, { save: json });
  await page.getByRole('button', { name: 'Export record…' }).click();
  await expect(page.getByText('Saved record.json')).toBeVisible();
  expect(await readFile(json, 'utf8')).toContain('application/vnd.in-toto+json');
  const pdf = join(app.userData, 'record.pdf');
  await answerDialogs(app.electron, { save: pdf });
  await page.getByRole('button', { name: 'Export PDF…' }).click();
  await expect(page.getByText('Saved record.pdf')).toBeVisible({ timeout: 30_000 });
  const zip = join(app.userData, 'record.zip');
  await answerDialogs(app.electron, { save: zip });
  await page.getByRole('button', { name: 'Export package…' }).click();
  await expect(page.getByText('Saved record.zip')).toBeVisible({ timeout: 30_000 });
  const packed = await readPackageZip(zip);
  expect(packed.pdf?.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(packed.files.has('pdf.json')).toBe(true);
  const bytes = await readFile(pdf);
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  expect(bytes.length).toBeGreaterThan(20_000);
});

test('the record verifies, and a changed one shows its first failure open', async () => {
  await rail('Sign-off').click();
  await page.getByRole('link', { name: 'Verify a record…' }).click();
  await answerDialogs(app.electron, { open: join(app.userData, 'record.json') });
  await page.getByRole('button', { name: 'Choose a record…' }).click();
  await expect(page.getByText(/^Verified: \d+ steps passed$/)).toBeVisible();
  await answerDialogs(app.electron, { open: join(app.userData, 'record.zip') });
  await page.getByRole('button', { name: 'Choose a record…' }).click();
  await expect(page.getByText('Decisions in the log')).toBeVisible();
  await expect(page.getByText(/^Verified: \d+ steps passed$/)).toBeVisible();
  await page.getByText('Roster files', { exact: true }).click();
  await answerDialogs(app.electron, { open: join(PROJECT, 'resources', 'sample', 'people', 'roster.json') });
  await page.getByRole('button', { name: 'Choose every version of the roster…' }).click();
  await expect(page.getByText(/^Verified: \d+ steps passed$/)).toBeVisible();
  await page.getByLabel('Digest the first version must have').fill('0'.repeat(64));
  await expect(page.getByText('Not verified: Roster')).toBeVisible();
  await page.getByText('The roster of this workspace', { exact: true }).click();
  const text = await readFile(join(app.userData, 'record.json'), 'utf8');
  const changed = join(app.userData, 'changed.json');
  await writeFile(
    changed,
    text.replace(/"sig": ?"(.)/, (_, first: string) => `"sig":"${first === 'A' ? 'B' : 'A'}`),
  );
  await answerDialogs(app.electron, { open: changed });
  await page.getByRole('button', { name: 'Choose a record…' }).click();
  await expect(page.getByText(/^Not verified: /)).toBeVisible();
  await expect(page.locator('details[open]')).toHaveCount(1);
  await expect(page.locator('details[open]')).toContainText('Fail');
});

test('the approved release goes into production when an approver signs for it', async () => {
  const { candidate } = await sampleOf(page);
  await openRoute(page, `/signoff/${candidate}`);
  await page.getByRole('button', { name: 'Put into production…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Sign as').first().click();
  await page.getByRole('option', { name: /Dana Whitfield/ }).click();
  await dialog.getByLabel('Passphrase of the key').fill(PASSPHRASE);
  await dialog.getByRole('button', { name: /^Put into production: / }).click();
  await expect(dialog).toBeHidden();
  await rail('Overview').click();
  await expect(region('Ranks US feeds now')).toContainText('us-2026.11.0');
});

test('the log holds every step and verifies', async () => {
  await rail('Log').click();
  const log = page.getByRole('grid', { name: 'Log entries' });
  await expect(log.getByRole('row').nth(1)).toContainText('put into production');
  await page.getByRole('button', { name: 'Verify the log' }).click();
  await expect(page.getByRole('dialog')).toContainText(/Verified: \d+ steps passed/);
  await page.keyboard.press('Escape');
});

test('the window complained about nothing on the way', () => {
  expect(complaints).toEqual([]);
});

async function signAs(person: string, passphrase: string): Promise<void> {
  await page.getByLabel('Sign as').first().click();
  await page.getByRole('option', { name: new RegExp(person) }).click();
  await page.getByLabel('Passphrase of the key').fill(passphrase);
  await page.getByLabel('Reason').fill('Quality rises, labelled items fall, trained on US data alone.');
  await page.getByRole('button', { name: 'Sign approval of us-2026.11.0' }).click();
}
