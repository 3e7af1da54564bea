import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { largeBundle } from '../fixtures/weights/large-graph.ts';
import { launchApp, type RunningApp } from './app.ts';
import { complaintsOf, openRoute, sampleOf } from './window.ts';

let app: RunningApp;
let page: Page;
let complaints: string[];
test.beforeAll(async () => {
  app = await launchApp();
  page = app.page;
  complaints = complaintsOf(page);
  const { candidate } = await sampleOf(page);
  await openRoute(page, `/weights?release=${candidate}`);
});
test.afterAll(() => app.close());

const canvas = () => page.getByRole('img', { name: /^Graph of the model/ });
const scale = async () => Number(await canvas().getAttribute('data-scale'));
const list = () => page.getByRole('list', { name: 'Operators, inputs and outputs' });

test('the weights lead to the graph of the model', async () => {
  await page.getByRole('link', { name: 'Model graph' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Model of us-2026.11.0');
  await expect(canvas()).toBeVisible();
  await expect(page.getByText(/\d+ operators, \d+ tensors, [\d,]+ parameters/)).toBeVisible();
});

test('an operator is found by search and shows its tensors and attributes', async () => {
  await page.getByRole('textbox', { name: 'Search operators and tensors' }).fill('split');
  await expect(page.getByText(/^\d+ of \d+ parts found$/)).toBeVisible();
  await list()
    .getByRole('button', { name: /^Split/ })
    .click();
  const facts = page.getByRole('region', { name: 'Operator Split' });
  await expect(facts).toContainText('axis');
  await expect(facts).toContainText(/split weights, I64 \[\d+\], \d+ parameters/);
});

test('it is zoomed and moved by keys, by buttons and by the wheel', async () => {
  await page.getByRole('button', { name: 'Show all' }).click();
  const before = await scale();
  await canvas().focus();
  await page.keyboard.press('+');
  await expect.poll(scale).toBeGreaterThan(before);
  await page.keyboard.press('0');
  await expect.poll(scale).toBe(before);
  await page.getByRole('button', { name: 'Zoom out' }).click();
  await expect.poll(scale).toBeLessThan(before);
  await page.getByRole('button', { name: 'Show all' }).click();
  await canvas().hover();
  await page.mouse.wheel(0, -200);
  await expect.poll(scale).toBeGreaterThan(before);
});

test('shapes that the file does not declare follow from its operators', async () => {
  await page.getByRole('textbox', { name: 'Search operators and tensors' }).fill('layer0.rectified');
  await list().getByRole('button', { name: /^Relu/ }).click();
  await expect(page.getByRole('region', { name: 'Operator Relu' })).toContainText(/\[N, \d+\], follows/);
});

test('groups are closed and opened, and an operator in a closed one is found all the same', async () => {
  const boxes = async () =>
    Number(/(\d+) boxes/.exec((await canvas().getAttribute('aria-label')) ?? '')?.[1]);
  const all = await boxes();
  await page.getByRole('button', { name: 'Close all groups' }).click();
  await expect.poll(boxes).toBeLessThan(all);
  const closed = await boxes();
  const facts = page.getByRole('region', { name: 'Operator Relu' });
  await facts.getByRole('button', { name: 'layer0', exact: true }).click();
  const group = page.getByRole('region', { name: 'Group layer0' });
  await expect(group).toContainText(/1 Gemm/);
  await group.getByRole('button', { name: 'Open the group' }).click();
  await expect.poll(boxes).toBe(closed + 1);
  await page.getByRole('button', { name: 'Open all groups' }).click();
  await expect.poll(boxes).toBe(all);
});

test('a head is traced back to the features that reach it', async () => {
  await page.getByRole('textbox', { name: 'Search operators and tensors' }).fill('');
  await page.getByRole('combobox', { name: 'Trace what reaches' }).click();
  await page.getByRole('option', { name: 'p_hate' }).click();
  const reach = page.getByRole('region', { name: 'What reaches p_hate' });
  await expect(reach).toContainText(/\d+ of \d+ features have a weight other than 0 in layer0\.weight/);
  await expect(page.getByRole('table', { name: 'Features that reach p_hate' })).toBeVisible();
});

for (const scheme of ['light', 'dark'] as const)
  test(`it has no serious flaw of accessibility in ${scheme} colours`, async () => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.screenshot({ path: test.info().outputPath(`graph-${scheme}.png`) });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  });

test('a model of 6,000 operators opens in groups, and a group of it by key', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stateside-test-'));
  try {
    const digest = await page.evaluate(
      async (path) => {
        const imported = await window.stateside.releases.import({ path });
        if (!imported.ok) throw new Error(imported.error.message);
        return imported.value.digest;
      },
      largeBundle(join(folder, 'large'), 6000),
    );
    await openRoute(page, `/weights/graph?release=${digest}`);
    await expect(page.getByText('6,000 operators')).toBeVisible();
    const boxes = async () =>
      Number(/(\d+) boxes/.exec((await canvas().getAttribute('aria-label')) ?? '')?.[1]);
    await expect.poll(boxes).toBeLessThan(200);
    const before = await boxes();
    await expect(page.getByRole('button', { name: 'Open all groups' })).toBeDisabled();
    await list()
      .getByRole('button', { name: /^part \d+ of \d+/ })
      .first()
      .click();
    await canvas().focus();
    await page.keyboard.press('Enter');
    await expect.poll(boxes).toBeGreaterThan(before);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('the window complains of nothing', () => {
  expect(complaints).toEqual([]);
});
