import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { launchApp, type RunningApp } from './app.ts';
import { openRoute, sampleOf } from './window.ts';

let app: RunningApp;
let page: Page;
test.beforeAll(async () => {
  app = await launchApp();
  page = app.page;
});
test.afterAll(() => app.close());

/** Flaws that axe calls serious or worse, each with where it is. */
async function flaws(): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
    );
}

async function feedRoute({ candidateReplay }: { candidateReplay: string }): Promise<string> {
  return page.evaluate(async (replayId) => {
    const page = await window.stateside.replay.requests({
      replayId,
      offset: 0,
      limit: 1,
      sort: 'largestMove',
      descending: true,
      search: '',
      only: 'labelled',
    });
    if (!page.ok) throw new Error(page.error.message);
    return `/replay/${replayId}/request/${page.value.rows[0]?.requestId}`;
  }, candidateReplay);
}

type Sample = Awaited<ReturnType<typeof sampleOf>>;

/** Each page with its route and its heading, by which a test knows that it is there. */
const PAGES: readonly [
  name: string,
  heading: string | RegExp,
  route: (sample: Sample) => string | Promise<string>,
][] = [
  ['Overview', 'Sample workspace', () => '/'],
  ['Releases', 'Releases', () => '/releases'],
  ['a release, papers', 'us-2026.11.0', ({ candidate }) => `/releases/${candidate}`],
  ['a release, policy', 'us-2026.11.0', ({ candidate }) => `/releases/${candidate}?tab=policy`],
  ['a release, model', 'us-2026.11.0', ({ candidate }) => `/releases/${candidate}?tab=model`],
  ['a release, training data', 'us-2026.11.0-rc1', ({ failing }) => `/releases/${failing}?tab=training-data`],
  ['a release, files', 'us-2026.11.0', ({ candidate }) => `/releases/${candidate}?tab=files`],
  ['Replay', 'Replay', () => '/replay'],
  [
    'a replay that passes',
    'us-2026.11.0 against us-2026.10.0',
    ({ candidateReplay }) => `/replay/${candidateReplay}`,
  ],
  [
    'a replay that fails',
    'us-2026.11.0-rc1 against us-2026.10.0',
    ({ failingReplay }) => `/replay/${failingReplay}`,
  ],
  ['one feed, two rankers', /^Request /, feedRoute],
  ['Sign-off', 'Sign-off', () => '/signoff'],
  ['the sign-off of a release', 'Sign-off of us-2026.11.0', ({ candidate }) => `/signoff/${candidate}`],
  ['a finished sign-off', 'Sign-off of us-2026.10.0', ({ production }) => `/signoff/${production}`],
  ['Verify a record', 'Verify a record', () => '/signoff/verify'],
  ['Log', 'Log', () => '/log'],
  ['Settings', 'Settings', () => '/settings'],
  ['an address that leads nowhere', 'No such page', () => '/nowhere'],
];

for (const scheme of ['light', 'dark'] as const) {
  test.describe(`in ${scheme} colours`, () => {
    for (const [name, heading, route] of PAGES) {
      test(`${name} has no serious flaw for assistive technology`, async () => {
        await page.emulateMedia({ colorScheme: scheme });
        await openRoute(page, await route(await sampleOf(page)));
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
        await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
        expect(await flaws()).toEqual([]);
      });
    }

    test('the chosen card and its reasons have none either', async () => {
      await page.emulateMedia({ colorScheme: scheme });
      await openRoute(page, await feedRoute(await sampleOf(page)));
      for (const side of ['baseline', 'candidate']) {
        await page
          .getByRole('listbox', { name: `Feed of the ${side}` })
          .getByRole('option')
          .first()
          .click();
        await expect(page.getByRole('option', { selected: true })).toHaveCount(1);
        expect(await flaws()).toEqual([]);
      }
    });

    test('the palette and the key sheet have none either', async () => {
      await page.emulateMedia({ colorScheme: scheme });
      await openRoute(page, '/');
      await page.keyboard.press('Control+k');
      await page.getByRole('textbox', { name: 'Find' }).fill('us-2026');
      await expect(page.getByRole('button', { name: /us-2026\.11\.0/ }).first()).toBeVisible();
      expect(await flaws()).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('textbox', { name: 'Find' })).toBeHidden();
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
      expect(await flaws()).toEqual([]);
      await page.keyboard.press('Escape');
    });
  });
}
