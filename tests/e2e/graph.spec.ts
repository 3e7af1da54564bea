import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
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

test('the window complains of nothing', () => {
  expect(complaints).toEqual([]);
});
