import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { openCheckpointSigner } from '../../electron/services/audit/checkpoint-key.ts';
import { launchApp, type RunningApp } from './app.ts';
import { answerDialogs, complaintsOf, openRoute } from './window.ts';

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

const grid = () => page.getByRole('grid', { name: 'Log entries' });
const rows = async () => Number(await grid().getAttribute('aria-rowcount')) - 1;

async function expectNoFlaw(): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const bad = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(bad.map(({ id, nodes }) => `${id} at ${nodes[0]?.target.join(' ')}`)).toEqual([]);
}

test('every action is said in words, and filters narrow the log and survive a reload', async () => {
  await openRoute(page, '/log');
  await expect.poll(rows).toBeGreaterThan(10);
  const all = await rows();
  for (const action of await grid().getByRole('row').locator('strong').allInnerTexts())
    expect(action, action).not.toMatch(/^[a-z-]+\.[a-z-]+$/);
  await page.getByRole('combobox', { name: 'Did' }).click();
  await page.getByRole('option', { name: 'signed approval of' }).click();
  await expect.poll(rows).toBe(2);
  await page.reload();
  await expect.poll(rows).toBe(2);
  await page.getByRole('combobox', { name: 'Who' }).click();
  await page.getByRole('option', { name: 'dana.whitfield' }).click();
  await expect.poll(rows).toBe(1);
  await page.getByRole('button', { name: 'Show everything' }).click();
  await expect.poll(rows).toBe(all);
  await page.getByLabel('Until day').fill('2020-01-01');
  await expect(grid()).toContainText('No entry matches the search.');
  await page.getByRole('button', { name: 'Show everything' }).click();
});

test('a period is exported with what proves it', async () => {
  const path = join(app.userData, 'log.json');
  await answerDialogs(app.electron, { save: path });
  await page.getByRole('button', { name: 'Export the log…' }).click();
  await expect(page.getByText('Saved log.json')).toBeVisible();
  const exported = JSON.parse(await readFile(path, 'utf8'));
  expect(exported.entries).toHaveLength(await rows());
  expect(exported.proofOfLast).toContain('c2sp.org/tlog-proof@v1');
});

test('an entry shows its proof and exports it; a text in it is redacted with a reason', async () => {
  await page.getByRole('textbox', { name: 'Search who, what and to what' }).fill('release.approve');
  await expect.poll(rows).toBe(2);
  await grid().getByRole('row').nth(1).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('region', { name: 'Inclusion proof' })).toContainText('Proves');
  await expectNoFlaw();
  const path = join(app.userData, 'entry.tlog-proof');
  await answerDialogs(app.electron, { save: path });
  await dialog.getByRole('button', { name: 'Export proof…' }).click();
  await expect(dialog.getByText('Saved entry.tlog-proof')).toBeVisible();
  expect(await readFile(path, 'utf8')).toMatch(/^c2sp\.org\/tlog-proof@v1\nextra /);
  await dialog.getByRole('button', { name: 'Redact “reason”…' }).click();
  await expect(dialog.getByRole('button', { name: 'Redact the text for good' })).toBeDisabled();
  await dialog.getByLabel('Legal reason').fill('Order 26-1044 of the district court');
  await dialog.getByRole('button', { name: 'Redact the text for good' }).click();
  await expect(dialog).toBeHidden();
  await grid().getByRole('row').nth(1).click();
  await expect(dialog.getByRole('region', { name: 'Free texts' })).toContainText('Redacted');
  await expect(dialog.getByLabel('Body of the entry')).toContainText('[redacted]');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Clear the search' }).click();
});

test('a checkpoint goes out and comes back; one of another history is an alarm that stays', async () => {
  await page.getByRole('button', { name: 'Checkpoints…' }).click();
  const dialog = page.getByRole('dialog');
  const path = join(app.userData, 'kept.checkpoint');
  await answerDialogs(app.electron, { save: path, open: path });
  await dialog.getByRole('button', { name: 'Export checkpoint…' }).click();
  await expect(dialog.getByText('Saved kept.checkpoint')).toBeVisible();
  await dialog.getByLabel('Who kept it').fill('Auditor in Austin');
  await dialog.getByRole('button', { name: 'Import checkpoint…' }).click();
  await expect(dialog.getByText(/The log only grew since it had \d+ entries/)).toBeVisible();
  await expect(dialog.getByRole('table', { name: 'Heads that came back' })).toContainText('Contained');

  const signer = openCheckpointSigner(join(app.userData, 'Sample workspace', 'log-key.pem'));
  await writeFile(path, signer.sign({ size: 3, root: Buffer.alloc(32, 7).toString('base64') }));
  await dialog.getByLabel('Who kept it').fill('Auditor in Austin');
  await dialog.getByRole('button', { name: 'Import checkpoint…' }).click();
  await expect(dialog.getByRole('alert')).toContainText('FORK');
  await expectNoFlaw();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('alert')).toContainText('Do not trust this audit log');
  await page.reload();
  await expect(page.getByRole('alert')).toContainText('FORK: this log signed another history');
  await openRoute(page, '/');
  await expect(page.getByRole('alert')).toContainText('Do not trust this audit log');
  await openRoute(page, '/log');
  await page.getByRole('button', { name: 'Verify the log' }).click();
  await expect(page.getByText('Not verified: Witnesses')).toBeVisible();
  await page.keyboard.press('Escape');
});

for (const scheme of ['light', 'dark'] as const) {
  test(`the alarmed log has no serious flaw in ${scheme} colours`, async () => {
    await page.emulateMedia({ colorScheme: scheme });
    await openRoute(page, '/log');
    await expect(page.getByRole('alert')).toBeVisible();
    await expectNoFlaw();
  });
}

test('the window complained about nothing on the way', () => {
  expect(complaints).toEqual([]);
});
