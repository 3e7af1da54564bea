import { expect, type Page } from '@playwright/test';
import { reviewedCampaign, REVIEWED } from './reviewed.ts';
import { openRoute, sampleOf } from './window.ts';

type Sample = Awaited<ReturnType<typeof sampleOf>>;

/** A page of the console as it stands on the sample workspace. */
export interface ConsolePage {
  /** What a test calls it. */
  readonly name: string;
  /** Its heading, by which a test knows that it is there. */
  readonly heading: string | RegExp;
  /** Name of its pictures in resources/docs, where it has some. */
  readonly picture?: string;
  readonly route: (sample: Sample, page: Page) => string | Promise<string>;
  /** What is done before the picture is taken. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/** The address of the replayed request whose feeds moved most. */
export async function feedRoute({ candidateReplay }: Sample, page: Page): Promise<string> {
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

async function chooseCard(page: Page): Promise<void> {
  await page.getByRole('listbox', { name: 'Feed of the candidate' }).getByRole('option').nth(1).click();
  await expect(page.getByRole('complementary', { name: 'Why here' })).toContainText('What each head adds');
}

/** Every page: what assistive technology is tested on, and what the pictures of the documents show. */
export const PAGES: readonly ConsolePage[] = [
  { name: 'Overview', heading: 'Sample workspace', picture: 'overview', route: () => '/' },
  { name: 'Releases', heading: 'Releases', picture: 'releases', route: () => '/releases' },
  {
    name: 'a release, papers',
    heading: 'us-2026.11.0',
    picture: 'release',
    route: ({ candidate }) => `/releases/${candidate}`,
  },
  {
    name: 'a release, policy',
    heading: 'us-2026.11.0',
    picture: 'policy',
    route: ({ candidate }) => `/releases/${candidate}?tab=policy`,
  },
  {
    name: 'a release, model',
    heading: 'us-2026.11.0',
    route: ({ candidate }) => `/releases/${candidate}?tab=model`,
  },
  {
    name: 'a release, training data',
    heading: 'us-2026.11.0-rc1',
    route: ({ failing }) => `/releases/${failing}?tab=training-data`,
  },
  {
    name: 'a release, files',
    heading: 'us-2026.11.0',
    route: ({ candidate }) => `/releases/${candidate}?tab=files`,
  },
  {
    name: 'Weights',
    heading: /^Weights of /,
    picture: 'weights',
    route: () => '/weights',
    prepare: (page) => expect(page.getByRole('row', { name: /hate/ }).first()).toContainText(/% ±/),
  },
  {
    name: 'the changes of a release',
    heading: 'Changes of us-2026.11.0-rc1',
    picture: 'changes',
    route: ({ failing }) => `/weights/changes?release=${failing}`,
    prepare: (page) => expect(page.getByRole('heading', { name: '1. Policy' })).toBeVisible(),
  },
  {
    name: 'the tensors that changed',
    heading: /^Tensors of us-2026\.11\.0-rc1/,
    route: ({ failing }) => `/weights/diff?release=${failing}&tensor=layer0.weight`,
    prepare: (page) => expect(page.getByRole('grid', { name: 'Tensors' })).toContainText('layer0.weight'),
  },
  {
    name: 'what lies near a row',
    heading: /^Embeddings of /,
    route: ({ failing }) => `/weights/embeddings?release=${failing}&table=layer1.weight&row=3`,
    prepare: (page) => expect(page.getByText(/of the 10 nearest/)).toBeVisible(),
  },
  {
    name: 'the tensors of a release',
    heading: /^Tensors of us-2026\.11\.0/,
    picture: 'tensors',
    route: ({ candidate }) => `/weights/tensors?release=${candidate}`,
    prepare: (page) => expect(page.getByText(/ · measured /)).toBeVisible(),
  },
  {
    name: 'one tensor',
    heading: 'layer0.weight',
    picture: 'tensor',
    route: ({ candidate }) => `/weights/tensor?release=${candidate}&tensor=layer0.weight`,
    prepare: (page) => expect(page.getByRole('img', { name: /^Heat map of/ })).toBeVisible(),
  },
  { name: 'Model graph', heading: /^Model of /, picture: 'graph', route: () => '/weights/graph' },
  {
    name: 'the features that matter',
    heading: /^Features that matter to /,
    route: () => '/weights/importance',
  },
  { name: 'Replay', heading: 'Replay', picture: 'replays', route: () => '/replay' },
  { name: 'Gates', heading: 'Gates', route: () => '/replay/gates' },
  {
    name: 'a replay that passes',
    heading: 'us-2026.11.0 against us-2026.10.0',
    picture: 'replay',
    route: ({ candidateReplay }) => `/replay/${candidateReplay}`,
  },
  {
    name: 'a replay that fails',
    heading: 'us-2026.11.0-rc1 against us-2026.10.0',
    picture: 'replay-failing',
    route: ({ failingReplay }) => `/replay/${failingReplay}`,
  },
  {
    name: 'one feed, two rankers',
    heading: /^Request /,
    picture: 'feed',
    route: feedRoute,
    prepare: chooseCard,
  },
  { name: 'Review', heading: 'Review', picture: 'review', route: () => '/review' },
  {
    name: 'the review desk',
    heading: 'Review desk',
    picture: 'review-desk',
    route: async (_, page) => `/review/campaign/${await reviewedCampaign(page)}`,
    prepare: (page) => expect(page.getByRole('region', { name: 'Decision' })).toBeVisible(),
  },
  {
    name: 'the report of a review campaign',
    heading: `Report of ${REVIEWED}`,
    picture: 'review-report',
    route: async (_, page) => `/review/campaign/${await reviewedCampaign(page)}/report`,
  },
  {
    name: 'Review history',
    heading: 'Review history',
    picture: 'review-history',
    route: () => '/review/history',
  },
  {
    name: 'Bulk changes',
    heading: 'Bulk changes',
    picture: 'review-bulk',
    route: () => '/review/bulk?policy=spam',
  },
  {
    name: 'Audits',
    heading: 'Audits',
    route: () => '/review/audits',
  },
  {
    name: 'Quality',
    heading: 'Quality',
    picture: 'review-quality',
    route: () => '/review/quality',
  },
  {
    name: 'Kept decisions',
    heading: 'Kept decisions',
    route: () => '/review/macros',
  },
  {
    name: 'Escalations',
    heading: 'Escalations',
    picture: 'review-escalations',
    route: () => '/review/escalations',
  },
  { name: 'Policies', heading: 'Policies', picture: 'review-policies', route: () => '/review/policies' },
  { name: 'Exchange', heading: 'Exchange', picture: 'review-exchange', route: () => '/review/exchange' },
  { name: 'Sign-off', heading: 'Sign-off', picture: 'sign-off', route: () => '/signoff' },
  {
    name: 'the sign-off of a release',
    heading: 'Sign-off of us-2026.11.0',
    picture: 'sign-off-of-a-release',
    route: ({ candidate }) => `/signoff/${candidate}`,
  },
  {
    name: 'a finished sign-off',
    heading: 'Sign-off of us-2026.10.0',
    route: ({ production }) => `/signoff/${production}`,
  },
  { name: 'Roster', heading: /oster/, picture: 'roster', route: () => '/signoff/roster' },
  { name: 'Keys', heading: /eys/, picture: 'keys', route: () => '/signoff/keys' },
  { name: 'Verify a record', heading: 'Verify a record', route: () => '/signoff/verify' },
  { name: 'Log', heading: 'Log', picture: 'log', route: () => '/log' },
  { name: 'Settings', heading: 'Settings', picture: 'settings', route: () => '/settings' },
  { name: 'Workspaces', heading: 'Workspaces', route: () => '/workspaces' },
  { name: 'an address that leads nowhere', heading: 'No such page', route: () => '/nowhere' },
];

/** Opens a page and waits until it has loaded. */
export async function openPage(page: Page, { route, heading }: ConsolePage): Promise<void> {
  await openRoute(page, await route(await sampleOf(page), page));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
  await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
}
