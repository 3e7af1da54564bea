import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
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

const region = (name: string) => page.getByRole('region', { name, exact: true });
const form = () => region('Your decision');

async function expectNoFlaw(): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    const bad = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(bad.map(({ id, nodes }) => `${id} at ${nodes[0]?.target.join(' ')}`)).toEqual([]);
  }
}

/** Elements that show a vertical scrollbar beside what they hold. */
const scrolling = () =>
  page.evaluate(
    () =>
      [...document.querySelectorAll('*')].filter(
        (element) =>
          /auto|scroll/.test(getComputedStyle(element).overflowY) &&
          element.scrollHeight > element.clientHeight + 1 &&
          element.tagName !== 'PRE',
      ).length,
  );

async function fill(person: string, reason: string): Promise<void> {
  await form().getByRole('combobox', { name: 'Sign as' }).click();
  await page.getByRole('option', { name: new RegExp(person) }).click();
  await form().getByLabel('Reason').fill(reason);
}

test('the page is one document with one scrollbar, and each claim leads to what stands behind it', async () => {
  const { candidate } = await sampleOf(page);
  await openRoute(page, `/signoff/${candidate}`);
  await region('On which evidence').getByRole('button', { name: 'Freeze the evidence' }).click();
  await expect(form()).toBeVisible();
  expect(await scrolling()).toBe(1);
  await expectNoFlaw();
  await region('What')
    .getByRole('link', { name: /\(US\)/ })
    .click();
  await expect(page.getByRole('tab', { name: 'Training data' })).toHaveAttribute('aria-selected', 'true');
  await page.goBack();
  await region('Compared with what').getByRole('link', { name: 'What changed since us-2026.10.0' }).click();
  await expect(page).toHaveURL(/weights\/changes/);
  await page.goBack();
  await region('On which evidence')
    .getByRole('link', { name: /the replay of/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('us-2026.11.0 against us-2026.10.0');
  await page.goBack();
});

test('exactly what is signed is shown with its digest; a refusal blocks until its maker withdraws it', async () => {
  await form().getByText('Refuse', { exact: true }).click();
  await expect(form().getByRole('button', { name: 'Sign refusal of us-2026.11.0' })).toBeDisabled();
  await fill('Priya Raman', 'Too few reviewers looked at it.');
  const shown = form().getByLabel('Statement you sign');
  await expect(shown).toContainText('"decision": "refuse"');
  await expect(shown).toContainText('Too few reviewers looked at it.');
  await expectNoFlaw();
  await form().getByLabel('Passphrase of the key').fill(PASSPHRASE);
  await form().getByRole('button', { name: 'Sign refusal of us-2026.11.0' }).click();
  await expect(page.getByRole('heading', { level: 2 }).first()).toContainText('is refused');
  await expect(region('Who looked')).toContainText('Priya Raman refused: Too few reviewers looked at it.');
  await form().getByRole('combobox', { name: 'Sign as' }).click();
  await expect(page.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await fill('Priya Raman', 'They did by now.');
  await form().getByLabel('Passphrase of the key').fill(PASSPHRASE);
  await form().getByRole('button', { name: 'Withdraw the refusal of us-2026.11.0' }).click();
  await expect(region('Who signed')).toContainText('Withdraws the refusal');
  await expect(form().getByRole('button', { name: 'Sign approval of us-2026.11.0' })).toBeVisible();
});

test('an approval holds until a day and for one revision of the gates, as shown before it is signed', async () => {
  await fill('Dana Whitfield', 'Quality rises.');
  await form().getByLabel('Counts until, if not for good').fill('2020-01-01');
  await expect(form().getByRole('alert')).toContainText('the approval was given until');
  await form().getByLabel('Counts until, if not for good').fill('2099-01-31');
  await form()
    .getByRole('checkbox', { name: /Only with gates revision/ })
    .check();
  await expect(form().getByLabel('Statement you sign')).toContainText(
    '"expires": "2099-02-01T00:00:00.000Z"',
  );
  await form().getByLabel('Passphrase of the key').fill(PASSPHRASE);
  await form().getByRole('button', { name: 'Sign approval of us-2026.11.0' }).click();
  await expect(region('Who signed')).toContainText('Only with gates revision');
  await expect(region('Who signed')).toContainText('Until');
});

test('statement and signatures go to another machine as a file, and what is known already adds nothing', async () => {
  const path = join(app.userData, 'signatures.json');
  await answerDialogs(app.electron, { save: path, open: path });
  await region('Signed elsewhere')
    .getByRole('button', { name: /Hand statement/ })
    .click();
  await expect(region('Signed elsewhere')).toContainText('Saved signatures.json');
  expect(await readFile(path, 'utf8')).toContain('"signatures"');
  await region('Signed elsewhere').getByRole('button', { name: 'Take signatures in…' }).click();
  await expect(region('Signed elsewhere')).toContainText('0 signatures taken in, 3 known already');
});

test('a release of the global team cannot be approved; that the US team decides otherwise is a record', async () => {
  const digest = await page.evaluate(async () => {
    const releases = await window.stateside.releases.list();
    return releases.ok ? releases.value.find(({ manifest }) => manifest.team === 'global')?.digest : '';
  });
  await openRoute(page, `/signoff/${digest}`);
  await page.getByRole('button', { name: 'Refuse, unlike the global team…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Sign as' }).click();
  await page.getByRole('option', { name: /Dana Whitfield/ }).click();
  await dialog.getByLabel('Passphrase of the key').fill(PASSPHRASE);
  await dialog.getByLabel('What the global team decided').fill('Approved worldwide, record 2026-118.');
  await dialog.getByLabel('Reason').fill('Trained on data from outside the US.');
  await dialog.getByRole('button', { name: /^Refuse, unlike the global team: / }).click();
  await expect(dialog).toBeHidden();
  await expect(region('What happened')).toContainText('The global team decided: Approved worldwide');
  await expect(region('What happened')).toContainText('Dana Whitfield');
  await expect(form()).toBeHidden();
  await expectNoFlaw();
  await openRoute(page, '/');
  await expect(region('Releases by state')).toContainText('Refused');
  await expect(region('Changed since last week')).toContainText('refused, unlike the global team');
});

test('stale evidence and a state that signatures do not bear out are marked, however long the words', async () => {
  const { candidate } = await sampleOf(page);
  const long = 'the gates changed since the evidence was frozen (revision 1, now 2) '.repeat(6).trim();
  const answer = await page.evaluate(
    (releaseDigest) => window.stateside.signoff.get({ releaseDigest }),
    candidate,
  );
  if (!answer.ok || answer.value.statement === null) throw new Error('no statement');
  const { value } = answer;
  const stale = {
    ...value,
    standing: `Its approval no longer counts: ${long}.`,
    statement: { ...value.statement, staleBecause: long },
    replays: value.replays.map((replay) => Object.assign({}, replay, { staleBecause: long })),
  };
  await app.electron.evaluate(({ ipcMain }, stale) => {
    ipcMain.removeHandler('signoff:get');
    ipcMain.handle('signoff:get', () => ({ ok: true, value: stale }));
  }, stale);
  await openRoute(page, `/signoff/${candidate}`);
  await page.reload();
  await expect(page.getByRole('alert')).toContainText('The signatures do not bear it out');
  await expect(region('On which evidence')).toContainText('Nobody can sign it');
  await expect(page.getByRole('list', { name: 'Replays that do not count' })).toContainText('Stale');
  expect(await scrolling()).toBe(1);
  await expectNoFlaw();
});

test('the window complained about nothing on the way', () => {
  expect(complaints).toEqual([]);
});
