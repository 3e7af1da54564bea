import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { embeddingBundle, expected, ITEMS } from '../fixtures/weights/embedding-bundle.ts';
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

const tab = (name: string) =>
  page.getByRole('navigation', { name: 'Views of the weights' }).getByRole('link', { name });

test('a release leads to its changes against its parent, compared when they are first looked at', async () => {
  const { failing } = await sampleOf(page);
  await openRoute(page, `/releases/${failing}`);
  await page.getByRole('link', { name: 'Changes' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Changes of us-2026.11.0-rc1');
  await expect(page.getByText('hate −74 → −0.5: 148 times weaker')).toBeVisible();
  const titles = page.getByRole('heading', { level: 2 });
  await expect(titles).toHaveText([
    '1. Policy',
    '2. Tensors',
    '3. Features',
    '4. Training data',
    '5. Papers',
  ]);
  await expect(page.getByRole('table', { name: 'Papers that differ' })).toContainText('us-2026.10.0');
  await expect(page.getByRole('list', { name: 'Lines of the model card that differ' })).toBeVisible();
});

test('the document is saved as the very bytes of its digest, and as a PDF', async () => {
  const digest = await page
    .getByRole('button', { name: /^Copy digest/ })
    .first()
    .getAttribute('aria-label');
  const json = join(app.userData, 'changes.json');
  await answerDialogs(app.electron, { save: json });
  await page.getByRole('button', { name: 'Export document…' }).click();
  await expect(page.getByText('Saved changes.json')).toBeVisible();
  const saved = createHash('sha256')
    .update(await readFile(json))
    .digest('hex');
  expect(digest).toBe(`Copy digest ${saved}`);
  const pdf = join(app.userData, 'changes.pdf');
  await answerDialogs(app.electron, { save: pdf });
  await page.getByRole('button', { name: 'Export PDF…' }).click();
  await expect(page.getByText('Saved changes.pdf')).toBeVisible({ timeout: 30_000 });
  expect((await readFile(pdf)).subarray(0, 5).toString()).toBe('%PDF-');
});

test('any other release can stand beside it', async () => {
  await page.getByRole('combobox', { name: 'Compared with' }).click();
  await page.getByRole('option', { name: /^us-2026\.11\.0 \(/ }).click();
  await expect(page.getByRole('region', { name: /Changes of/ })).toContainText('layer');
  await expect(page).toHaveURL(/against=/);
});

test('tensors are sorted, narrowed, and open with histogram and rows', async () => {
  const { production, candidate } = await sampleOf(page);
  await openRoute(page, `/weights/changes?release=${candidate}&against=${production}`);
  await tab('Tensors that changed').click();
  const table = page.getByRole('grid', { name: 'Tensors', exact: true });
  await expect(table.getByRole('row').nth(1)).toContainText('Reshaped');
  await page.getByRole('combobox', { name: 'Kind of change' }).click();
  await page.getByRole('option', { name: 'Changed', exact: true }).click();
  await expect(table.getByRole('row').nth(1)).toContainText('Changed');
  const name = await table.getByRole('row').nth(1).getByRole('cell').first().innerText();
  await table.getByRole('row').nth(1).click();
  await table.press('Enter');
  const detail = page.getByRole('region', { name: `How ${name} changed` });
  await expect(detail).toContainText('Relative L2 change');
  await expect(detail.getByRole('img', { name: /values fell and .* rose/ })).toBeVisible();
  await page.reload();
  await expect(detail).toContainText('Cosine');
});

test('the digest of the changes is part of the evidence that is signed', async () => {
  const { candidate, candidateReplay } = await sampleOf(page);
  const digest = await page.evaluate(
    async ([releaseDigest = '', replayId = '']) => {
      const frozen = await window.stateside.signoff.freeze({ releaseDigest, replayId });
      return frozen.ok
        ? String(JSON.parse(frozen.value.statement?.json ?? '{}').predicate.changes.digest)
        : '';
    },
    [candidate, candidateReplay],
  );
  await openRoute(page, `/signoff/${candidate}`);
  await expect(page.getByRole('button', { name: `Copy digest ${digest}` })).toBeVisible();
  await page.getByRole('link', { name: 'What changed since us-2026.10.0' }).click();
  await expect(page.getByRole('button', { name: `Copy digest ${digest}` })).toBeVisible();
});

test('a row of an embedding table is found by its key, with its ten nearest now and before', async () => {
  const [case1] = expected.cases;
  for (const version of ['before', 'after'] as const) {
    const path = embeddingBundle(join(app.userData, `made-${version}`), version);
    expect(await page.evaluate((path) => window.stateside.releases.import({ path }), path)).toMatchObject({
      ok: true,
    });
  }
  await openRoute(page, '/weights/embeddings');
  await page.getByRole('combobox', { name: 'Release' }).click();
  await page.getByRole('option', { name: /^made 2/ }).click();
  await expect(page.getByRole('combobox', { name: 'Table' })).toHaveValue(`${ITEMS} (200 × 12, with keys)`);
  await page.getByRole('textbox', { name: 'Search keys' }).fill(case1?.key ?? '');
  const rows = page.getByRole('grid', { name: 'Rows' });
  await expect(rows.getByRole('row')).toHaveCount(2);
  await expect(rows.getByRole('row').nth(1)).toContainText(case1?.key ?? '');
  await rows.getByRole('row').nth(1).click();
  const near = page.getByRole('region', { name: 'What lies near the row' });
  await expect(near).toContainText(`${10 * (case1?.overlap ?? 0)} of the 10 nearest are the same as in 1`);
  const first = near.getByRole('table', { name: 'Nearest in 2' }).getByRole('row').nth(1);
  await expect(first).toContainText((case1?.after[0]?.cosine ?? 0).toFixed(4));
  await page.reload();
  await expect(near).toContainText('of the 10 nearest');
});

test('features that matter are measured, head by head, beside the release before', async () => {
  const { production, candidate } = await sampleOf(page);
  await openRoute(page, `/weights/importance?release=${candidate}&against=${production}`);
  await page.getByRole('button', { name: 'Measure which features matter' }).click();
  await expect(page.getByText(/Measured on 500 requests/)).toBeVisible({ timeout: 120_000 });
  const features = page.getByRole('table', { name: 'Features of like' });
  await expect(features.getByRole('row')).toHaveCount(25);
  await expect(features.getByRole('row').nth(1)).toContainText(/0\.\d+ to 0\.\d+/);
  await page.getByRole('combobox', { name: 'Measured by' }).click();
  await page.getByRole('option', { name: 'How much worse it predicts' }).click();
  await expect(page.getByText(/increase of the mean squared error against like/)).toBeVisible();
  await page.getByRole('combobox', { name: 'Head' }).click();
  await page.getByRole('option', { name: 'play' }).click();
  await expect(page.getByRole('table', { name: 'Features of play' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('table', { name: 'Features of play' })).toBeVisible();
});

test('no view has a serious flaw of accessibility, and the window complains of nothing', async () => {
  for (const view of ['Changes', 'Tensors that changed', 'Embeddings', 'Features that matter']) {
    await tab(view).click();
    await expect(
      page.locator('nav [aria-current=page]', { hasText: /Formula|Changes|Tensors|Embeddings|Features/ }),
    ).toHaveText(view);
    await expect(page.getByRole('table').or(page.getByRole('grid')).first()).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  }
  expect(complaints).toEqual([]);
});
