import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { makeBundle } from '../fixtures/replay/bundle.ts';
import { launchApp, type RunningApp } from './app.ts';
import { answerDialogs, complaintsOf, openRoute, sampleOf } from './window.ts';

let app: RunningApp;
let page: Page;
let complaints: string[];
test.beforeAll(async () => {
  app = await launchApp();
  page = app.page;
  complaints = complaintsOf(page);
});
test.afterAll(() => app.close());

const grid = () => page.getByRole('grid', { name: 'Tensors' });
const firstName = () => grid().locator('[data-row="0"]').getByRole('cell').first();

test('the tensors of a release are listed, measured by themselves, sorted and searched', async () => {
  const { candidate } = await sampleOf(page);
  await openRoute(page, `/weights/graph?release=${candidate}`);
  await page.getByRole('link', { name: 'Tensors', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Tensors of us-2026\.11\.0/);
  await expect(grid()).toContainText('layer0.weight');
  await expect(page.getByText(/ · measured /)).toBeVisible();
  await page.getByRole('button', { name: 'Parameters' }).click();
  await page.getByRole('button', { name: 'Parameters' }).click();
  const largest = (await firstName().innerText()).trim();
  await openRoute(page, '/log');
  await openRoute(page, `/weights/tensors?release=${candidate}`);
  await expect(firstName()).toHaveText(largest);
  await page.getByRole('textbox', { name: 'Search tensors' }).fill('bias');
  await expect(firstName()).toContainText('bias');
  await page.getByRole('button', { name: 'Copy as CSV' }).click();
  await expect
    .poll(() => app.electron.evaluate(({ clipboard }) => clipboard.readText()))
    .toMatch(/^tensor,file,dtype,shape[\s\S]*bias/);
});

test('a tensor opens by keyboard; its cells are read out, its slice becomes numbers and a file', async () => {
  const folder = join(app.userData, 'made');
  makeBundle(folder, {
    name: 'made',
    features: ['a', 'b'],
    hidden: [4],
    seed: 1,
    heads: [{ name: 'like', weight: 1 }],
    tables: { cube: { shape: [2, 2, 3], data: Float32Array.of(0, 1, NaN, 3, 4, 5, 6, 7, 8, 9, 10, -11) } },
  });
  const digest = await page.evaluate(async (path) => {
    const imported = await window.stateside.releases.import({ path });
    if (!imported.ok) throw new Error(imported.error.message);
    return imported.value.digest;
  }, folder);
  await openRoute(page, `/weights/tensors?release=${digest}&sort=anomaly&desc=false`);
  await expect(firstName()).toHaveText('cube');
  await expect(grid().locator('[data-row="0"]')).toContainText('1 NaN');
  await grid().focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('weights/tables.safetensors: cube');
  const heat = page.getByRole('img', { name: 'Heat map of 2 by 3 cells; arrow keys read them out' });
  await heat.focus();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
  await expect(page.getByText('no finite value at 0; 2, with NaN or infinity')).toBeVisible();
  const slice = page.getByRole('textbox', { name: /^Slice of 2 × 2 × 3/ });
  await slice.fill('5');
  await slice.press('Enter');
  await expect(page.getByText('Index 5 lies outside axis 0')).toBeVisible();
  await slice.fill(':, 1');
  await slice.press('Enter');
  await page.getByText('Histogram', { exact: true }).click();
  await expect(page.getByText('6 finite values')).toBeVisible();
  const spread = page.getByRole('region', { name: 'How are the values of the slice spread?' });
  await expect(spread.getByRole('img', { name: 'Histogram of the values from −11 to 10' })).toBeVisible();
  await page.getByText('Numbers', { exact: true }).click();
  await expect(page.getByRole('grid', { name: 'Numbers of the slice' })).toContainText('-11');
  const file = join(app.userData, 'cube.npy');
  await answerDialogs(app.electron, { save: file });
  await page.getByRole('button', { name: 'Export slice' }).click();
  await page.getByRole('menuitem', { name: 'NumPy array (.npy)…' }).click();
  await expect(page.getByText('Saved cube.npy (152 B)')).toBeVisible();
  const bytes = await readFile(file);
  expect(bytes.subarray(0, 6).toString('latin1')).toBe('\u0093NUMPY');
  expect([...new Float32Array(Uint8Array.from(bytes.subarray(128)).buffer)]).toEqual([3, 4, 5, 9, 10, -11]);
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tensors of made 1');
  expect(complaints).toEqual([]);
});
