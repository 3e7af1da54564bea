import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { openSnapshot } from '../../electron/database/snapshot/open.ts';
import { foundWorkspace } from '../../electron/database/workspace/found.ts';
import { synthDefaults, synthesise } from '../../electron/services/snapshots/synth/synth.ts';
import { gatesFile } from '../fixtures/replay/gates-file.ts';
import { makeBundle } from '../fixtures/replay/bundle.ts';
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
  const path = join(scratch, 'made.snapshot.sqlite');
  const defaults = synthDefaults(2000, 100);
  synthesise(path, { ...defaults, requests: 2000, candidates: 100, seed: 3, stills: defaults.items });
  const reader = openSnapshot(path);
  const features = reader.features.map(({ name }) => name);
  reader.close();
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

test('a replay started while another runs waits in line, and goes on after the window was reloaded', async () => {
  const begin = async () => {
    await openRoute(page, '/replay');
    await choose('Baseline', /^before 1/);
    await choose('Candidate', /^after 1/);
    await page.getByRole('button', { name: 'Replay all requests' }).click();
  };
  await begin();
  await expect(page.getByText('This replay is running')).toBeVisible();
  const first = page.url();
  await begin();
  await expect(page.getByText('This replay waits for those before it')).toBeVisible();
  await expect(region('Progress')).toContainText('Waiting, number 1 in line · 2,000 requests');
  await page.reload();
  await expect(region('Running work')).toContainText(/ of 2,000 requests · [\d,]+\/s/);
  await region('Progress').getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('This replay was cancelled')).toBeVisible();
  await page.goto(first);
  await expect(page.getByText('This replay is running')).toBeVisible();
});

test('a replay that ran when Stateside was closed is offered at the next start, and goes on from there', async () => {
  await expect(region('Progress')).toContainText(/[1-9][\d,]* of 2,000 requests/);
  await app.close();
  app = await launchApp({ workspace: join(scratch, 'team') });
  page = app.page;
  complaints = complaintsOf(page);
  await expect(region('Running work')).toContainText(
    /Interrupted.*[1-9][\d,]* requests are finished and kept/,
  );
  await openRoute(page, '/replay');
  await page
    .getByRole('list', { name: 'Interrupted replays' })
    .getByRole('button', { name: 'Resume' })
    .click();
  await expect(region('Running work')).toContainText(/[1-9][\d,]* of 2,000 requests/);
  await region('Running work').getByRole('button', { name: 'Cancel' }).click();
  await expect(region('Running work')).toContainText('Cancelled');
});

test('a still of the chosen item is blurred until somebody asks to see it', async () => {
  await openRoute(page, '/replay');
  await choose('Baseline', /^before 1/);
  await choose('Candidate', /^after 1/);
  await page.getByLabel('Requests at most').fill('20');
  await page.getByRole('button', { name: 'Replay 20 requests' }).click();
  const requests = page.getByRole('grid', { name: 'Requests' });
  await expect(requests).toHaveAttribute('aria-rowcount', '21');
  await requests.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Request /);
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('j');
  const why = page.getByRole('complementary', { name: 'Why here' });
  const still = why.getByRole('img', { name: /^Still of .*, blurred$/ });
  await expect(still).toBeVisible();
  expect(await still.evaluate((image) => getComputedStyle(image).filter)).toContain('blur');
  await page.keyboard.press('z');
  const shown = why.getByRole('img', { name: /^Still of / });
  expect(await shown.evaluate((image) => getComputedStyle(image).filter)).toBe('none');
  await page.keyboard.press('j');
  await expect(why.getByRole('img', { name: /, blurred$/ })).toBeVisible();
  await why.getByRole('button', { name: 'Show the still' }).click();
  await expect(why.getByRole('button', { name: 'Blur the still' })).toHaveAttribute('aria-pressed', 'true');
});

test('the window complained about nothing on the way', () => {
  expect(complaints).toEqual([]);
});
