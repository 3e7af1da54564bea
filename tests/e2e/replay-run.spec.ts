import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { foundWorkspace } from '../../electron/database/workspace/found.ts';
import { gatesFile } from '../fixtures/replay/gates-file.ts';
import { makeBundle } from '../fixtures/replay/bundle.ts';
import { makeSnapshot } from '../fixtures/replay/made.ts';
import { launchApp, type RunningApp } from './app.ts';
import { complaintsOf, openRoute } from './window.ts';

let scratch: string;
let app: RunningApp;
let page: Page;
let complaints: string[];
test.beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'stateside-replay-run-'));
  const workspace = join(scratch, 'team');
  (await foundWorkspace(workspace, { name: 'Team', sample: false, gatesFile })).close();
  const { path, features } = makeSnapshot(scratch, 2000, 100);
  // wide enough that a replay is still running when a test looks at it
  const bundle = (name: string, seed: number) =>
    makeBundle(join(scratch, name), {
      ...{ name, features, hidden: [1024, 1024], seed },
      heads: [
        { name: 'like', weight: 1 },
        { name: 'hate', weight: -2 },
      ],
    });
  const bundles = [bundle('before', 1), bundle('after', 2)];
  app = await launchApp({ workspace });
  page = app.page;
  complaints = complaintsOf(page);
  await page.evaluate(
    async ({ path, bundles }) => {
      const added = await window.stateside.snapshots.add({ path });
      if (!added.ok) throw new Error(added.error.message);
      for (const path of bundles) {
        const imported = await window.stateside.releases.import({ path });
        if (!imported.ok) throw new Error(imported.error.message);
      }
    },
    { path, bundles },
  );
});
test.afterAll(async () => {
  await app.close();
  await rm(scratch, { recursive: true, force: true });
});
test.describe.configure({ mode: 'serial' });

const region = (name: string) => page.getByRole('region', { name, exact: true });

async function choose(field: string, option: RegExp): Promise<void> {
  await page.getByRole('combobox', { name: field, exact: true }).click();
  await page.getByRole('option', { name: option }).click();
}

test('a replay is set up and shows how far it is, its rate and the time left', async () => {
  await openRoute(page, '/replay');
  await choose('Baseline', /^before 1/);
  await choose('Candidate', /^after 1/);
  await page.getByRole('button', { name: 'Replay all requests' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('after 1 against before 1');
  await expect(region('Progress').getByRole('progressbar')).toBeVisible();
  await expect(region('Progress')).toContainText(/ of 2,000 requests · [\d,]+\/s · .* left/);
});

test('it is cancelled on its own page', async () => {
  await region('Progress').getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('This replay was cancelled')).toBeVisible();
});

test('it is removed after a question that says what goes and what stays', async () => {
  await page.getByRole('button', { name: 'Remove…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove this replay?' });
  await expect(dialog).toContainText('The log keeps that it was there');
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: 'Remove…' }).click();
  await dialog.getByRole('button', { name: 'Remove the replay' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Replay');
  await expect(page.getByRole('grid', { name: 'Replays' })).toContainText('No replay yet');
  await openRoute(page, '/log');
  await expect(page.getByRole('grid', { name: 'Log entries' }).getByRole('row').nth(1)).toContainText(
    /removed/,
  );
});

test('the window complained about nothing on the way', () => {
  expect(complaints).toEqual([]);
});
