import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { unlockKey } from '../../electron/services/signoff/key-file.ts';
import { nextRoster, signRoster } from '../../electron/services/signoff/next-roster.ts';
import { readRosterChain } from '../../electron/services/signoff/roster-chain.ts';
import { PROJECT } from '../runtime/cache.ts';
import { launchApp, type RunningApp } from './app.ts';
import { answerDialogs, complaintsOf, openRoute } from './window.ts';

const PASSPHRASE = 'stateside sample';
const ROOTS = ['Ines Calloway', 'Theo Marchetti'] as const;
const PEOPLE = join(PROJECT, 'resources', 'sample', 'people');
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

const region = (name: string) => page.getByRole('region', { name, exact: true });

async function expectNoFlaw(): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    const bad = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(bad.map(({ id, nodes }) => `${id} at ${nodes[0]?.target.join(' ')}`)).toEqual([]);
  }
}

async function signDraftAs(person: string): Promise<void> {
  const draft = region('Next version');
  await draft.getByRole('combobox', { name: 'Sign as root' }).click();
  await page.getByRole('option', { name: person }).click();
  await draft.getByLabel('Passphrase of the key').fill(PASSPHRASE);
  await draft.getByRole('button', { name: 'Sign version 2' }).click();
}

test('a key is made under a passphrase whose strength is shown', async () => {
  await openRoute(page, '/signoff/keys');
  const form = page.getByRole('form', { name: 'Make a key' });
  await form.getByLabel('New passphrase').fill('short');
  await expect(form.getByRole('status')).toContainText('Too short');
  await expect(form.getByRole('button', { name: 'Make the key' })).toBeDisabled();
  await form.getByLabel('New passphrase').fill(OWN);
  await expect(form.getByRole('status')).toContainText(/Good|Strong/);
  await expect(form.getByRole('button', { name: 'Make the key' })).toBeDisabled();
  await form.getByLabel('The same again').fill(OWN);
  await form.getByRole('button', { name: 'Make the key' }).click();
  await expect(form.getByText('Made')).toBeVisible();
  await expect(page.getByRole('table', { name: 'Keys in this workspace' })).toContainText(
    'nobody on the roster yet',
  );
  await expectNoFlaw();
});

test('a key is backed up, takes another passphrase, and its public half is copied for other tools', async () => {
  const row = page.getByRole('row', { name: /nobody on the roster yet/ });
  const path = join(app.userData, 'key.pem');
  await answerDialogs(app.electron, { save: path, open: path });
  await row.getByRole('button', { name: 'Back up…' }).click();
  await expect(row.getByText('Saved key.pem')).toBeVisible();
  expect(await readFile(path, 'utf8')).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/);
  await row.getByRole('button', { name: 'Change passphrase…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Passphrase now').fill('not this one at all');
  await dialog.getByLabel('New passphrase').fill(`${OWN} again`);
  await dialog.getByLabel('The same again').fill(`${OWN} again`);
  await dialog.getByRole('button', { name: 'Change the passphrase' }).click();
  await expect(dialog.getByRole('alert')).toContainText('the passphrase does not open');
  await dialog.getByLabel('Passphrase now').fill(OWN);
  await dialog.getByRole('button', { name: 'Change the passphrase' }).click();
  await expect(dialog).toBeHidden();
  await row.getByRole('button', { name: /Copy the public key/ }).click();
  await page.getByRole('menuitem', { name: 'As OpenSSH line' }).click();
  await expect
    .poll(() => app.electron.evaluate(({ clipboard }) => clipboard.readText()))
    .toMatch(/^ssh-ed25519 AAAA/);
});

test('a backup of a key that is here already is refused, and so is a wrong passphrase', async () => {
  const form = page.getByRole('form', { name: 'Restore a key' });
  await form.getByRole('button', { name: 'Choose a backup…' }).click();
  await form.getByLabel('Passphrase of the backup').fill('wrong wrong wrong');
  await form.getByRole('button', { name: 'Restore the key' }).click();
  await expect(form.getByRole('alert')).toContainText('the passphrase does not open');
  await form.getByLabel('Passphrase of the backup').fill(OWN);
  await form.getByRole('button', { name: 'Restore the key' }).click();
  await expect(form.getByRole('alert')).toContainText('exists already');
});

test('the roster says who could sign, and whether a threshold survives a leaver', async () => {
  await openRoute(page, '/signoff/roster');
  await expect(region('Who could sign right now')).toContainText('Approve a release');
  await expect(region('Who could sign right now')).toContainText('Dana Whitfield');
  await expect(region('Who could sign right now')).toContainText(
    /(Still|No longer) reached if one of them leaves/,
  );
  await expect(region('Versions')).toContainText('The first, trusted at the founding');
  await expectNoFlaw();
});

test('a person is added, the draft travels as a file, and enough roots make it the next version', async () => {
  await region('Next version').getByRole('button', { name: 'Add a person…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Id', { exact: true }).fill('Noor Haddad');
  await dialog.getByLabel('Full name').fill('Noor Haddad');
  await dialog.getByRole('checkbox', { name: 'approver' }).check();
  await dialog.getByRole('combobox', { name: 'A key made here' }).click();
  await page.getByRole('option', { name: /^Key / }).click();
  await dialog.getByRole('button', { name: 'Put into the next version' }).click();
  await expect(dialog.getByRole('alert')).toContainText('lowercase words');
  await dialog.getByLabel('Id', { exact: true }).fill('noor.haddad');
  await expectNoFlaw();
  await dialog.getByRole('button', { name: 'Put into the next version' }).click();
  await expect(dialog).toBeHidden();
  await page.reload();
  await expect(region('Next version')).toContainText('Noor Haddad is on the roster: US approver, 1 key');
  await region('Next version').getByRole('button', { name: 'Draft version 2' }).click();
  await expect(region('Next version')).toContainText('Noor Haddad joins (us: approver)');
  await expect(region('Next version').getByRole('button', { name: 'Take in as version 2' })).toBeHidden();
  await signDraftAs(ROOTS[0]);
  await expect(region('Next version')).toContainText(`Signed by${ROOTS[0]}`);

  const path = join(app.userData, 'draft.json');
  await answerDialogs(app.electron, { save: path, open: path });
  await region('Next version').getByRole('button', { name: 'Hand the draft over…' }).click();
  await expect(region('Next version')).toContainText('Saved draft.json');
  await region('Next version').getByRole('button', { name: 'Put the draft away' }).click();
  await region('Next version').getByRole('button', { name: 'Open a draft from another machine…' }).click();
  await expect(region('Next version')).toContainText(`Signed by${ROOTS[0]}`);
  await signDraftAs(ROOTS[1]);
  await region('Next version').getByRole('button', { name: 'Take in as version 2' }).click();
  await expect(page.getByRole('table', { name: 'Versions of the roster' })).toContainText(
    'Noor Haddad joins',
  );
  await expect(page.getByRole('table', { name: 'People of the roster' })).toContainText('noor.haddad');
});

test('going back and a forked roster are refused and say which they are', async () => {
  const first = join(PEOPLE, 'roster.json');
  await answerDialogs(app.electron, { open: first });
  await page.getByRole('button', { name: 'Import a roster…' }).click();
  await expect(page.getByRole('alert')).toContainText('roster version 1 is here already');
  const before = [{ name: 'first', text: await readFile(first, 'utf8') }];
  const chain = readRosterChain(before);
  const keys = await Promise.all(
    ['ines.calloway', 'theo.marchetti'].map(async (root) =>
      unlockKey(await readFile(join(PEOPLE, 'keys', `${root}.pem`), 'utf8'), PASSPHRASE),
    ),
  );
  const fork = join(app.userData, 'fork.json');
  const other = nextRoster(chain, { thresholds: { approver: 3, root: 2 } }, new Date().toISOString());
  await writeFile(fork, signRoster(other, keys, before));
  await answerDialogs(app.electron, { open: fork });
  await page.getByRole('button', { name: 'Import a roster…' }).click();
  const refusal = page.getByRole('alert').filter({ hasNotText: 'Two rosters' });
  const alarm = page.getByRole('alert').filter({ hasText: 'Two rosters' });
  await expect(refusal).toContainText('FORK: there is another roster version 2');
  await expect(alarm).toContainText('FORK: there is another roster version 2');
  const broken = join(app.userData, 'broken.json');
  await writeFile(broken, '{"payload":"x"}');
  await answerDialogs(app.electron, { open: broken });
  await page.getByRole('button', { name: 'Import a roster…' }).click();
  await expect(refusal).not.toContainText('FORK');
  await expect(alarm).toContainText('FORK');
  await expectNoFlaw();
});

test('the window complained about nothing on the way', () => {
  expect(complaints).toEqual([]);
});
