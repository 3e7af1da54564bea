import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { PROJECT } from '../runtime/cache.ts';
import { openKeyring, type SystemKeyring } from '../runtime/key-store.ts';
import { SAMPLE } from '../runtime/sample.ts';
import { launchApp, type RunningApp } from './app.ts';
import { seriousFlaws } from './flaws.ts';
import { openRoute } from './window.ts';

const PASSPHRASE = 'stateside sample';
const NO_KEY_STORE = ['--password-store=basic'];
const PEM = join(PROJECT, 'resources', 'sample', 'people', 'keys', 'dana.whitfield.pem');

test.describe.configure({ mode: 'serial' });
test.skip(process.platform !== 'linux', 'the key stores of macOS and Windows ask the person who logged in');

const row = (page: Page) => page.getByRole('row', { name: /Dana Whitfield/ });

async function openKeys({ page }: RunningApp): Promise<void> {
  await openRoute(page, '/signoff/keys');
  await expect(row(page)).toBeVisible();
}

/** Where the workspace keeps Dana's private half, sealed or under its passphrase alone. */
async function filesOf({ page, userData }: RunningApp): Promise<{ sealed: string; plain: string }> {
  const keyId = await page.evaluate(async () => {
    const keys = await window.stateside.roster.keys();
    if (!keys.ok) throw new Error(keys.error.message);
    return keys.value.find(({ person }) => person === 'Dana Whitfield')?.keyId ?? '';
  });
  const file = join(userData, SAMPLE, 'keys', keyId);
  return { sealed: `${file}.sealed.json`, plain: `${file}.pem` };
}

const unlock = ({ page }: RunningApp, passphrase: string): Promise<string> =>
  page.evaluate(async (passphrase) => {
    const keys = await window.stateside.roster.keys();
    if (!keys.ok) throw new Error(keys.error.message);
    const keyId = keys.value.find(({ person }) => person === 'Dana Whitfield')?.keyId ?? '';
    const opened = await window.stateside.roster.unlock({ keyId, passphrase, minutes: 15 });
    return opened.ok ? 'opened' : opened.error.message;
  }, passphrase);

test.describe('with the key store of the system', () => {
  let keyring: SystemKeyring;
  let app: RunningApp;
  let again: RunningApp | undefined;
  test.beforeAll(async () => {
    keyring = await openKeyring();
    app = await launchApp(keyring);
  });
  test.afterAll(async () => {
    await again?.close();
    await app.close();
    await keyring.close();
  });

  test('a key is sealed, and its file then gives nothing away, even to who knows the passphrase', async () => {
    await openKeys(app);
    await expect(
      app.page.getByText('Sealed with the GNOME keyring, a copied file opens on no'),
    ).toBeVisible();
    const { sealed, plain } = await filesOf(app);
    expect(existsSync(plain)).toBe(true);
    await row(app.page).getByRole('button', { name: 'Seal with the key store' }).click();
    await expect(row(app.page)).toContainText('Sealed');
    expect(await seriousFlaws(app.page)).toEqual([]);
    expect(existsSync(plain)).toBe(false);
    expect((await stat(sealed)).mode & 0o777).toBe(0o600);
    const stored: { store: string; sealed: string } = JSON.parse(await readFile(sealed, 'utf8'));
    expect(stored.store).toBe('the GNOME keyring');
    const bytes = Buffer.from(stored.sealed, 'base64');
    // v11 is how Chromium marks what a key store sealed; v10 would be the password that everybody knows
    expect(bytes.subarray(0, 3).toString()).toBe('v11');
    for (const line of (await readFile(PEM, 'utf8')).split('\n').filter((line) => line.length > 20))
      expect(bytes.includes(line)).toBe(false);
  });

  test('after a restart the key opens with its passphrase and with no other', async () => {
    const { userData } = app;
    await app.electron.close();
    again = await launchApp({ ...keyring, userData });
    await openKeys(again);
    await expect(row(again.page)).toContainText('Sealed');
    expect(await unlock(again, 'not this one at all')).toContain('the passphrase does not open');
    expect(await unlock(again, PASSPHRASE)).toBe('opened');
  });

  test('by another account, or without a key store, it stays shut and a sentence says why', async () => {
    const { userData } = app;
    await again?.electron.close();
    const other = await openKeyring();
    again = await launchApp({ ...other, userData });
    await openKeys(again);
    expect(await unlock(again, PASSPHRASE)).toContain('it was sealed by another account or machine');
    await again.electron.close();
    await other.close();
    again = await launchApp({ args: NO_KEY_STORE, userData });
    await openKeys(again);
    expect(await unlock(again, PASSPHRASE)).toContain('no key store that Electron can use');
  });

  test('the key is taken out of the store again, as it was before', async () => {
    const { userData } = app;
    await again?.electron.close();
    again = await launchApp({ ...keyring, userData });
    await openKeys(again);
    const { sealed, plain } = await filesOf(again);
    await row(again.page).getByRole('button', { name: 'Take out of the key store' }).click();
    await expect(row(again.page).getByRole('button', { name: 'Seal with the key store' })).toBeVisible();
    expect(existsSync(sealed)).toBe(false);
    expect(await readFile(plain, 'utf8')).toBe(await readFile(PEM, 'utf8'));
  });
});

test.describe('where the system has no key store', () => {
  let app: RunningApp;
  test.beforeAll(async () => {
    app = await launchApp({ args: NO_KEY_STORE });
  });
  test.afterAll(() => app.close());

  test('the page warns of it, and nothing is sealed', async () => {
    await openKeys(app);
    await expect(
      app.page.getByText('Beware: this system has no key store that Electron can use'),
    ).toBeVisible();
    await expect(row(app.page)).toContainText('Passphrase alone');
    await expect(app.page.getByRole('button', { name: 'Seal with the key store' })).toHaveCount(0);
    const { sealed, plain } = await filesOf(app);
    const refusal = await app.page.evaluate(
      async (keyId) => {
        const answer = await window.stateside.roster.sealKey({ keyId });
        return answer.ok ? 'sealed' : answer.error.message;
      },
      /([0-9a-f]{64})\.pem$/.exec(plain)?.[1] ?? '',
    );
    expect(refusal).toContain('so the key is protected by its passphrase alone');
    expect([existsSync(sealed), existsSync(plain)]).toEqual([false, true]);
  });
});
