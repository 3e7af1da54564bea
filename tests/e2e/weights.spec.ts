import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
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

const tariff = () => page.getByRole('table', { name: 'Heads and weights' });
const row = (head: string) => tariff().getByRole('row').filter({ hasText: head });

test('the rail leads to the weights of the release that awaits a decision, beside its parent', async () => {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Weights' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Weights of us-2026\.11\.0/);
  await expect(tariff()).toBeVisible();
  await expect(page.getByText('No fault found in the formula')).toBeVisible();
});

test('the formula reads like a tariff: range, worth, and the parent struck through where it differs', async () => {
  const { failing } = await sampleOf(page);
  await openRoute(page, `/weights?release=${failing}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Weights of us-2026.11.0-rc1');
  await expect(row('hate').locator('del')).toHaveText('−74');
  await expect(row('hate')).toContainText('−0.5');
  await expect(row('like').locator('del')).toHaveCount(0);
  await expect(row('play')).toContainText('× 0.001, 0 to 60');
  await expect(row('hate')).toContainText(/% ±/);
  await expect(page.getByText('Measured on 500 requests')).toBeVisible();
  const change = page.getByRole('listitem').filter({ hasText: 'hate −74 → −0.5: 148 times weaker' });
  await expect(change).toContainText(/; \d+ % of feeds change in the top 10/);
});

test('it is searched, sorted and copied', async () => {
  await page.getByRole('textbox', { name: 'Search heads and rules' }).fill('p_h');
  await expect(tariff().getByRole('row')).toHaveCount(2);
  await page.getByRole('textbox', { name: 'Search heads and rules' }).fill('');
  await tariff().getByRole('button', { name: 'Weight', exact: true }).click();
  await expect(tariff().getByRole('row').nth(1)).toContainText('long_view');
  await page.getByRole('button', { name: 'Copy as CSV' }).click();
  await expect
    .poll(() => app.electron.evaluate(({ clipboard }) => clipboard.readText()))
    .toMatch(/^rule,name,output[\s\S]*head,hate,p_hate,probability,-0\.5,-500,0/);
  await page.getByRole('button', { name: 'Copy as Markdown' }).click();
  await expect
    .poll(() => app.electron.evaluate(({ clipboard }) => clipboard.readText()))
    .toMatch(/^\| rule \| name/);
});

test("a head's sensitivity opens as a drawing with its table", async () => {
  await page.getByRole('button', { name: /^Sensitivity of long_view/ }).click();
  await expect(page.getByRole('table', { name: 'Sensitivity of long_view' }).getByRole('row')).toHaveCount(
    10,
  );
  await expect(page.getByRole('img', { name: /weight of long_view/ })).toBeVisible();
});

test('what each weight is worth is saved as JSON and as a picture, and the search reaches the rules', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stateside-test-'));
  try {
    const formula = page.getByRole('region', { name: 'The scoring formula' });
    const files = { 'Table as JSON…': 'formula.json', 'Picture as PNG…': 'formula.png' };
    for (const [form, name] of Object.entries(files)) {
      await answerDialogs(app.electron, { save: join(folder, name) });
      await formula.getByRole('button', { name: 'Export: The scoring formula' }).click();
      await page.getByRole('menuitem', { name: form }).click();
      await expect(formula.getByRole('status')).toHaveText(`Saved ${name}`);
    }
    const saved = z
      .object({
        rows: z.array(
          z.looseObject({ name: z.string().nullable(), 'share of score': z.number().nullable() }),
        ),
      })
      .parse(JSON.parse(await readFile(join(folder, 'formula.json'), 'utf8')));
    expect(saved.rows.find(({ name }) => name === 'hate')?.['share of score']).toBeGreaterThan(0);
    expect((await readFile(join(folder, 'formula.png'))).subarray(1, 4).toString()).toBe('PNG');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const rules = page.getByRole('table', { name: 'Multipliers, filters, diversity and the cut' });
  await page.getByRole('textbox', { name: 'Search heads and rules' }).fill('violence');
  await expect(rules.getByRole('row')).toHaveCount(2);
  await page.getByRole('textbox', { name: 'Search heads and rules' }).fill('');
  await expect(tariff().getByRole('row')).toHaveCount(8);
});

test('published formulas stand beside it, with their faults and sources', async () => {
  const { production } = await sampleOf(page);
  await openRoute(page, `/weights?release=${production}&against=x-2023-defaults.yaml`);
  await expect(page.getByText('Head report has weight 1, outside its range −20000 to 0')).toBeVisible();
  await expect(page.getByText('Head negative_feedback_v2 has weight 1, outside its range')).toBeVisible();
  await expect(page.getByText('ScoredTweetsParam.scala').first()).toBeVisible();
  await expect(row('report').locator('del').first()).toHaveText('1');
});

test('what-if is another mode: the feed follows the weight, then the measures, and a draft is kept', async () => {
  const { production } = await sampleOf(page);
  await openRoute(page, `/weights?release=${production}`);
  await page.getByRole('button', { name: 'Ask what if' }).click();
  const mode = page.getByTestId('what-if');
  await expect(mode).toContainText('Nothing you move here ranks a feed');
  const feed = page.getByRole('list', { name: 'The feed as it would be' });
  const before = await feed.innerText();
  await page.getByRole('textbox', { name: 'long_view', exact: true }).fill('40');
  await expect.poll(() => feed.innerText()).not.toBe(before);
  await expect(page.getByRole('list', { name: 'What was moved' })).toHaveText(
    'long_view 1 → 40: 40 times stronger',
  );
  const overlap = page.getByRole('row').filter({ hasText: 'Overlap of the first 5' });
  await expect(overlap).not.toContainText('100.00 %');
  await expect(mode).toContainText(/ranked in (under )?1?\d\.\d ms/);

  await page.getByRole('textbox', { name: 'Name of the draft' }).fill('More long views');
  await page.getByRole('button', { name: 'Save as a draft' }).click();
  const drafts = page.getByRole('list', { name: 'Drafts' });
  await expect(drafts).toContainText('More long views');
  await page.getByRole('button', { name: 'Put everything back' }).click();
  await expect.poll(() => feed.innerText()).toBe(before);
  await page.getByRole('button', { name: 'Open More long views' }).click();
  await expect(page.getByRole('textbox', { name: 'long_view', exact: true })).toHaveValue('40');
  await page.getByRole('button', { name: 'Remove More long views' }).click();
  await expect(page.getByText('No draft yet')).toBeVisible();
});

test('a slider moves by the keyboard alone', async () => {
  await page.getByRole('button', { name: 'Put everything back' }).click();
  await page.getByRole('slider', { name: 'like, slider' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('list', { name: 'What was moved' })).toContainText('like 0.5 →');
});

test('every number of the formula has a dial: clamp, scale, thresholds, diversity and length', async () => {
  const { candidate } = await sampleOf(page);
  await openRoute(page, `/weights?release=${candidate}&mode=what-if`);
  const moved = page.getByRole('list', { name: 'What was moved' });
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  // what the test before moved is gone when the page is the new one
  await expect(moved.getByRole('listitem')).toHaveCount(0);
  await page.getByRole('button', { name: /^Scale and clamp/ }).click();
  await field('play: clamp to').fill('20');
  await field('hate: clamp from').fill('0.01');
  await field('like: scale').fill('2');
  await field('unknown_duration: item.duration_ms =').fill('5');
  await field('diversity decay').fill('0.9');
  await field('length of the feed').fill('5');
  await expect(moved.getByRole('listitem')).toHaveText([
    'like: scale 1 → 2 (2 times stronger)',
    'hate: clamp from none → 0.01',
    'play: clamp to 60 → 20',
    'unknown_duration: item.duration_ms = 0 → 5',
    'diversity: decay 0.5 → 0.9 (further items of one source are demoted less)',
    'feed: length 10 → 5',
  ]);
  await expect(page.getByRole('button', { name: /^Scale and clamp/ })).toContainText('3 moved');
  await page.getByRole('button', { name: /^Back to none, the release’s hate: clamp from/ }).click();
  await expect(moved.getByRole('listitem')).toHaveCount(5);
});

test('what was moved is undone and redone by keys, and a draft is replayed against the release', async () => {
  const moved = page.getByRole('list', { name: 'What was moved' }).getByRole('listitem');
  await page.keyboard.press('Control+z');
  await expect(moved).toHaveCount(6);
  await page.keyboard.press('Control+Shift+z');
  await expect(moved).toHaveCount(5);
  await page.getByRole('textbox', { name: 'length of the feed', exact: true }).focus();
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('textbox', { name: 'length of the feed', exact: true })).toHaveValue('10');
  await page.getByRole('textbox', { name: 'Name of the draft' }).fill('Softer');
  await page.getByRole('button', { name: 'Save as a draft' }).click();
  await page.getByRole('button', { name: 'Replay Softer' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'us-2026.11.0 with “Softer” against us-2026.11.0',
  );
});

test('a what-if begins at the release that was chosen, also when another one was open before', async () => {
  const { production, candidate } = await sampleOf(page);
  await openRoute(page, `/weights?release=${candidate}&mode=what-if`);
  await expect(page.getByTestId('what-if')).toContainText('What if us-2026.11.0 weighed');
  await openRoute(page, `/weights?release=${production}&mode=what-if`);
  await expect(page.getByTestId('what-if')).toContainText('What if us-2026.10.0 weighed');
  await expect(page.getByText('Nothing yet: this is the release as it is.')).toBeVisible();
});

test('neither mode has a serious flaw of accessibility, and the window complains of nothing', async () => {
  for (const route of ['/weights', '/weights?mode=what-if']) {
    await openRoute(page, route);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Weights of/);
    if (route.includes('what-if'))
      await expect(page.getByRole('list', { name: 'The feed as it would be' })).toBeVisible();
    else await expect(page.getByText('Measured on 500 requests')).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  }
  expect(complaints).toEqual([]);
});
