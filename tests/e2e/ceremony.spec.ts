import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { launchApp, type RunningApp } from './app.ts';
import { answerDialogs, complaintsOf, openRoute, sampleOf } from './window.ts';

const PASSPHRASE = 'stateside sample';
const OWN = 'correct horse battery staple orchard';

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

const region = (name: string | RegExp) => page.getByRole('region', { name, exact: typeof name === 'string' });
const picture = async (name: string): Promise<void> => {
  const folder = process.env['SCREENSHOTS'];
  if (folder === undefined) return;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) });
  }
};

async function expectNoFlaw(): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    const bad = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(bad.map(({ id, nodes }) => `${id} at ${nodes[0]?.target.join(' ')}`)).toEqual([]);
  }
}

test('a key is unlocked for a while from the top bar, which shows the time left, and is locked at once', async () => {
  await page.getByRole('button', { name: 'Choose who you are' }).click();
  await page.getByRole('menuitem', { name: 'Unlock a key for a while…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Person' }).click();
  await page.getByRole('option', { name: /^Sam Okafor/ }).click();
  await dialog.getByText('15 min', { exact: true }).click();
  await dialog.getByLabel('Passphrase of the key').fill('not the one');
  await dialog.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('does not open the key of Sam Okafor');
  await dialog.getByLabel('Passphrase of the key').fill(PASSPHRASE);
  await picture('unlock');
  await dialog.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expect(dialog).toBeHidden();
  const who = page.getByRole('button', { name: /Sam Okafor/ });
  await expect(who).toContainText('unlocked, 15 min left');
  await who.click();
  await expectNoFlaw();
  await picture('unlocked');
  await page.getByRole('menuitem', { name: 'Lock now' }).click();
  await expect(who).not.toContainText('unlocked');
});

test('it is locked when the machine sleeps or its screen is locked', async () => {
  for (const event of ['suspend', 'lock-screen']) {
    await page.evaluate(async (passphrase) => {
      const people = await window.stateside.signoff.people();
      if (!people.ok) throw new Error(people.error.message);
      const keyId = people.value.find(({ person }) => person === 'Sam Okafor')?.keyId ?? '';
      await window.stateside.roster.unlock({ keyId, passphrase, minutes: 60 });
    }, PASSPHRASE);
    const who = page.getByRole('button', { name: /Sam Okafor/ });
    await expect(who).toContainText('unlocked');
    await app.electron.evaluate(({ powerMonitor }, name) => powerMonitor.emit(name), event);
    await expect(who).not.toContainText('unlocked');
  }
});

test('where the system has no key store, the page says so and no key is sealed', async () => {
  await openRoute(page, '/signoff/keys');
  await expect(page.getByText('Beware: this system has no key store that Electron can use')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Seal with the key store' })).toHaveCount(0);
  const answer = await page.evaluate(async () => {
    const keys = await window.stateside.roster.keys();
    if (!keys.ok) throw new Error(keys.error.message);
    return window.stateside.roster.sealKey({ keyId: keys.value[0]?.keyId ?? '' });
  });
  expect(answer).toMatchObject({ ok: false, error: { code: 'refused' } });
  await expectNoFlaw();
});

test('an approved release is written as a TUF repository that the asked people sign', async () => {
  const { production, candidate } = await sampleOf(page);
  await openRoute(page, `/signoff/${candidate}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('us-2026.11.0');
  await expect(page.getByRole('button', { name: 'Export TUF repository…' })).toHaveCount(0);
  await openRoute(page, `/signoff/${production}`);
  const out = join(app.userData, 'fleet');
  await mkdir(out);
  await answerDialogs(app.electron, { open: out });
  await page.getByRole('button', { name: 'Export TUF repository…' }).click();
  const dialog = page.getByRole('dialog');
  for (const [who, person] of [
    ['Approver 1', 'Dana Whitfield'],
    ['Approver 2', 'Joel Abernathy'],
    ['Root 1', 'Ines Calloway'],
    ['Root 2', 'Theo Marchetti'],
  ] as const) {
    await dialog.getByRole('combobox', { name: who }).click();
    await page.getByRole('option', { name: person }).click();
    await dialog.getByLabel(`Passphrase of ${who.toLowerCase()}`).fill(PASSPHRASE);
  }
  await expectNoFlaw();
  await picture('tuf-sign');
  await dialog.getByRole('button', { name: 'Sign and write the repository' }).click();
  await expect(dialog.getByRole('status')).toContainText('Written', { timeout: 60_000 });
  await expect(dialog).toContainText('metadata/1.root.json');
  await picture('tuf-written');
  const root: unknown = JSON.parse(await readFile(join(out, 'metadata', '1.root.json'), 'utf8'));
  expect(root).toMatchObject({ signed: { _type: 'root', roles: { targets: { threshold: 2 } } } });
  const commands = await dialog.getByLabel('Commands to look at the repository').innerText();
  const shown = execFileSync('bash', ['-euo', 'pipefail', '-c', commands], { encoding: 'utf8' });
  expect(shown).toContain('metadata/1.root.json: OK');
  expect(shown).toContain('"name": "us-release-approvers"');
  expect(shown).toMatch(/^[0-9a-f]{64}  [0-9a-f]{64}\/model\.onnx$/m);
  await dialog.getByRole('button', { name: 'Done' }).click();
});

test('a workspace is founded and opened in the place of the one that was open', async () => {
  await openRoute(page, '/workspaces');
  await expectNoFlaw();
  await picture('workspaces');
  const empty = join(app.userData, 'empty');
  await mkdir(empty);
  await answerDialogs(app.electron, { open: empty });
  await page.getByRole('button', { name: 'Open another…' }).click();
  await expect(page.getByRole('alert')).toContainText('holds no workspace');
  const form = page.getByRole('form', { name: 'Found a workspace' });
  await form.getByLabel('Name').fill('Austin');
  await form.getByRole('button', { name: 'Choose the folder…' }).click();
  await expect(form).toContainText(empty);
  await form.getByRole('button', { name: 'Found and open it' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Austin');
  expect(existsSync(join(empty, 'workspace.sqlite'))).toBe(true);
});

/** Makes a key in the open workspace through the page. */
async function makeKey(): Promise<void> {
  const form = page.getByRole('form', { name: 'Make a key' });
  await form.getByLabel('New passphrase').fill(OWN);
  await form.getByLabel('The same again').fill(OWN);
  await form.getByRole('button', { name: 'Make the key' }).click();
  await expect(form.getByLabel('New passphrase')).toHaveValue('');
}

/** Puts a person with the nth key made here on the list. */
async function addPerson(id: string, name: string, roles: readonly string[], nth: number): Promise<void> {
  await page.getByRole('button', { name: 'Add a person…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Id', { exact: true }).fill(id);
  await dialog.getByLabel('Full name').fill(name);
  for (const role of roles) await dialog.getByRole('checkbox', { name: role }).check();
  await dialog.getByRole('combobox', { name: 'A key made here' }).click();
  await page.getByRole('option', { name: /^Key / }).nth(nth).click();
  await dialog.getByRole('button', { name: 'Put into the next version' }).click();
  await expect(dialog).toBeHidden();
}

test('its first roster is drawn up, signed by its roots, read aloud and pinned', async () => {
  await openRoute(page, '/signoff/keys');
  for (const count of [1, 2]) {
    await makeKey();
    await expect(page.getByRole('table', { name: 'Keys in this workspace' }).getByRole('row')).toHaveCount(
      count + 1,
    );
  }
  await openRoute(page, '/signoff/roster');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Found the roster');
  await addPerson('ada.alvarez', 'Ada Alvarez', ['root', 'approver'], 0);
  await addPerson('ben.birch', 'Ben Birch', ['root', 'approver'], 1);
  await expectNoFlaw();
  await picture('founding-people');
  await page.getByRole('button', { name: 'Draft version 1' }).click();
  const section = region(/^2\. People/);
  await expect(section).toContainText('is signed by 0 of its own roots and needs 2');
  const both = /Signed by\s*(?:Ada Alvarez and Ben Birch|Ben Birch and Ada Alvarez)/;
  for (const [person, signed] of [
    ['Ada Alvarez', /Signed by\s*Ada Alvarez/],
    ['Ben Birch', both],
  ] as const) {
    await section.getByRole('combobox', { name: 'Sign as root' }).click();
    await page.getByRole('option', { name: person }).click();
    await section.getByLabel('Passphrase of the key').fill(OWN);
    await section.getByRole('button', { name: 'Sign version 1' }).click();
    await expect(section).toContainText(signed);
  }
  const pin = section.getByRole('button', { name: 'Pin this roster' });
  await expect(pin).toBeDisabled();
  await section.getByRole('checkbox', { name: /It was read out/ }).check();
  await expectNoFlaw();
  await picture('founding-pin');
  await pin.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Roster');
  await expect(region('Versions')).toContainText('The first, trusted at the founding');
  await expect(region('Who could sign right now')).toContainText('Ada Alvarez');
  await expect(page.getByRole('button', { name: 'Choose who you are' })).toBeVisible();
});

test('the next start opens the workspace that was opened last', async () => {
  const { userData } = app;
  await app.electron.close();
  app = await launchApp({ userData });
  page = app.page;
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Austin');
});

test('the window complained about nothing on the way', () => {
  expect(complaints).toEqual([]);
});
