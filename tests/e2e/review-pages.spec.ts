import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test, type Page } from '@playwright/test';
import { launchApp, type RunningApp } from './app.ts';
import { REVIEWED, reviewedCampaign, unlockReview } from './reviewed.ts';
import { answerDialogs, complaintsOf, openRoute } from './window.ts';

const run = promisify(execFile);

let app: RunningApp;
let page: Page;
let campaign: string;
let complaints: string[];
test.beforeAll(async () => {
  app = await launchApp();
  page = app.page;
  complaints = complaintsOf(page);
  campaign = await reviewedCampaign(page);
});
test.afterAll(() => app.close());
test.describe.configure({ mode: 'serial' });

const region = (name: string) => page.getByRole('region', { name, exact: true });

test('the report counts verdicts, keeps dissent, and leads to the feeds of a harm', async () => {
  await openRoute(page, `/review/campaign/${campaign}/report`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Report of ${REVIEWED}`);
  const verdicts = page.getByRole('table', { name: 'Verdicts' });
  await expect(verdicts.getByRole('row', { name: /^acceptable 5/ })).toBeVisible();
  await expect(verdicts.getByRole('row', { name: /^not acceptable 3/ })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Dissent' }).getByRole('row')).toHaveCount(4);
  await expect(page.getByRole('table', { name: 'Dissent' })).toContainText('A spam clip stands first');
  await expect(page.getByRole('table', { name: 'Agreement, over all' })).toContainText(
    'No number: not enough overlap',
  );
  await expect(page.getByRole('table', { name: 'Agreement, by policy' })).toContainText(
    'Spam and scams: is it violated',
  );
  await expect(page.getByRole('table', { name: 'Agreement, by two reviewers' })).toContainText(
    'lucia.ortega and sam.okafor, on feeds',
  );
  await expect(region('Escalations')).toContainText('2 open, 0 closed');
  const harms = page.getByRole('table', { name: 'Harms found' });
  await harms.getByRole('link', { name: 'Decisions on feed 2' }).click();
  const decisions = page.getByRole('grid', { name: 'Decisions' });
  await expect(decisions.getByRole('row', { name: /demote/ })).toHaveCount(2);
  await expect(page.getByRole('button', { name: 'Feed 2 only' })).toBeVisible();
});

test('the report prints with its digest', async () => {
  await openRoute(page, `/review/campaign/${campaign}/report`);
  const path = join(app.userData, 'report.pdf');
  await answerDialogs(app.electron, { save: path });
  await page.getByRole('button', { name: 'Export PDF…' }).click();
  await expect(page.getByText('Saved report.pdf')).toBeVisible();
  const { stdout } = await run('pdftotext', ['-layout', path, '-']);
  const digest = await page
    .getByRole('button', { name: /^Copy digest/ })
    .first()
    .getAttribute('aria-label');
  expect(stdout).toContain(digest?.replace('Copy digest ', ''));
  expect(stdout).toContain('A spam clip stands first');
});

test('a preference between releases stands with its interval, but not for who may still judge blind', async () => {
  const blind = await reviewedCampaign(page, { name: 'Which is better', mode: 'blind' });
  await openRoute(page, `/review/campaign/${blind}/report`);
  await expect(page.getByRole('alert')).toContainText('6 feeds that you may still judge blind');
  await unlockReview(page, 'Dana Whitfield');
  await openRoute(page, '/review');
  await openRoute(page, `/review/campaign/${blind}/report`);
  await expect(region('Which release was preferred?')).toContainText(
    /Candidate in \d of 8 stated preferences: \d+\.\d % \(\d+\.\d to \d+\.\d\), 95 % Wilson interval/,
  );
  await unlockReview(page, 'Lucia Ortega');
});

test('escalations are narrowed by days, set with keys alone, and the button says which', async () => {
  await openRoute(page, '/review/escalations');
  const grid = page.getByRole('grid', { name: 'Escalations' });
  await expect(grid.getByRole('row', { name: /escalated/ }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Raised on any day' }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Raised until day').fill('2020-01-31');
  await expect(page.getByText('No escalation matches the filter.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Raised until 31 Jan 2020' })).toBeFocused();
  await page.getByRole('button', { name: 'Due on any day' }).click();
  await page.getByLabel('Due from day').fill('2020-02-01');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Due since 1 Feb 2020' })).toBeVisible();
  await page.getByRole('button', { name: 'Show what waits' }).click();
  await expect(page.getByRole('button', { name: 'Raised on any day' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Due on any day' })).toBeVisible();
});

test('history is found by words, kept as a filter, and a decision reversed by its own reviewer', async () => {
  await openRoute(page, `/review/history?campaign=${campaign}`);
  const decisions = page.getByRole('grid', { name: 'Decisions' });
  await expect(decisions).toHaveAttribute('aria-rowcount', '19');
  await page.getByRole('textbox', { name: 'Search notes and captions' }).fill('senior should');
  await expect(decisions).toHaveAttribute('aria-rowcount', '3');
  await page.getByRole('button', { name: 'Filters' }).click();
  await page.getByRole('menuitem', { name: 'Keep the filter that is set…' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Seniors');
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  await page.getByRole('button', { name: 'Show everything' }).click();
  await page.getByRole('button', { name: 'Filters' }).click();
  await page.getByRole('menuitem', { name: 'Seniors', exact: true }).click();
  await expect(decisions).toHaveAttribute('aria-rowcount', '3');

  await decisions.getByRole('row', { name: /sam\.okafor/ }).click();
  await expect(page.getByText('Only sam.okafor can reverse it')).toBeVisible();
  await page.keyboard.press('Escape');
  await decisions.getByRole('row', { name: /lucia\.ortega/ }).click();
  await page.getByRole('button', { name: 'Reverse this decision…' }).click();
  await page.getByRole('checkbox', { name: 'fine' }).check();
  await page.getByRole('textbox', { name: 'Why' }).fill('Her age is in the caption');
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByText('“escalate” becomes “fine”')).toBeVisible();
  await page.getByRole('button', { name: 'Reverse the decision' }).click();
  await expect(decisions.getByRole('row', { name: /lucia\.ortega.*reversed/ })).toBeVisible();
  await openRoute(page, `/review/history?campaign=${campaign}&q=caption`);
  await expect(decisions.getByRole('row', { name: /fine.*Her age is in the caption/ })).toBeVisible();
});

test('an escalation goes only where its state allows, with an owner, a date and a comment', async () => {
  await openRoute(page, `/review/escalations?campaign=${campaign}`);
  const list = page.getByRole('grid', { name: 'Escalations' });
  await list.getByRole('row', { name: /sam\.okafor/ }).click();
  await page.getByRole('combobox', { name: 'State' }).click();
  const next = page.getByRole('option', { name: /becomes/ });
  await expect(next).toHaveText(['becomes open', 'becomes closed']);
  await next.filter({ hasText: 'open' }).click();
  await page.getByRole('button', { name: 'Make it open' }).click();
  await expect(page.getByRole('combobox', { name: 'State' })).toHaveValue('stays open');
  await page.getByRole('combobox', { name: 'State' }).click();
  await expect(next).toHaveText([
    'becomes closed',
    'becomes escalated',
    'becomes queued',
    'becomes assigned',
  ]);
  await page.getByRole('option', { name: 'becomes assigned' }).click();
  await page.getByRole('combobox', { name: 'Owner' }).last().click();
  await page.getByRole('option', { name: 'Lucia Ortega' }).click();
  await page.getByRole('textbox', { name: 'Due', exact: true }).fill('2026-01-05');
  await page.getByRole('textbox', { name: 'Comment', exact: true }).fill('Asked the safety lead');
  await page.getByRole('button', { name: 'Make it assigned' }).click();
  const dialog = page.getByRole('dialog', { name: 'Escalation' });
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Asked the safety lead' })).toContainText(
    'owner lucia.ortega, due 2026-01-05',
  );
  await page.keyboard.press('Escape');
  await expect(list.getByRole('row', { name: /assigned lucia\.ortega .* late/ })).toBeVisible();
});

test('the policies are a tree that is walked, folded and searched by keys', async () => {
  await openRoute(page, '/review/policies');
  const tree = page.getByRole('tree', { name: 'Policies of this version' });
  const items = tree.getByRole('treeitem');
  await expect(items).toHaveCount(49);
  await tree.focus();
  await page.keyboard.press('ArrowRight');
  await expect(tree.getByRole('treeitem', { name: /^Graphic violence/, selected: true })).toBeVisible();
  await expect(page.getByRole('article', { name: 'Graphic violence' })).toContainText('Open wounds or blood');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(items).toHaveCount(45);
  await expect(items.first()).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('/');
  await page.keyboard.type('helpline');
  await expect(page.getByText('No policy of this version says that.')).toBeVisible();
  await page.getByRole('textbox', { name: /Search policies/ }).fill('purging');
  await expect(items).toHaveText([/Dangerous acts/, /Self-harm/, /Eating disorders/]);
});

test('a policy library goes out as YAML and comes back as the same version', async () => {
  await openRoute(page, '/review/policies');
  const tree = page.getByRole('tree', { name: 'Policies of this version' });
  await tree.getByRole('treeitem', { name: /^Spam/ }).click();
  await expect(page.getByRole('article', { name: /Spam/ })).toContainText(
    'STATEMENT_CATEGORY_SCAMS_AND_FRAUD',
  );
  const path = join(app.userData, 'policies.yaml');
  await answerDialogs(app.electron, { save: path });
  await page.getByRole('button', { name: 'Export as YAML…' }).click();
  await expect(page.getByText('Saved policies.yaml')).toBeVisible();
  const versions = () => page.evaluate(() => window.stateside.review.libraries());
  const before = await versions();
  await page.locator('input[type=file]').setInputFiles(path);
  await expect(page.getByRole('button', { name: 'Import a version…' })).toBeEnabled();
  expect(await versions()).toEqual(before);
  const text = await readFile(path, 'utf8');
  const changed = {
    name: 'next.yaml',
    mimeType: 'text/yaml',
    buffer: Buffer.from(text.replace('2026.2', '2026.3')),
  };
  await page.locator('input[type=file]').setInputFiles(changed);
  await expect(page.getByRole('combobox', { name: 'Version' })).toHaveValue(/^2026\.2,/);
});

test('a campaign goes out signed, merging it changes nothing, and statements of reasons are whole', async () => {
  await openRoute(page, '/review/exchange');
  const path = join(app.userData, 'campaign.review.jsonl');
  await answerDialogs(app.electron, { save: path });
  await page
    .getByRole('row', { name: new RegExp(REVIEWED) })
    .getByRole('button', { name: 'Sign and export…' })
    .click();
  await expect(page.getByText('Saved campaign.review.jsonl')).toBeVisible();
  const merge = page.getByRole('button', { name: 'Merge a campaign file…' });
  await answerDialogs(app.electron, { open: path });
  await merge.click();
  await expect(page.getByText('0 new decisions, 19 known before')).toBeVisible();
  const forged = join(app.userData, 'forged.jsonl');
  await writeFile(forged, (await readFile(path, 'utf8')).replace('"severity":', '"severity": '));
  await answerDialogs(app.electron, { open: forged });
  await merge.click();
  await expect(page.getByRole('alert')).toContainText(/forged\.jsonl: line \d+ is not what was signed/);

  const reasons = join(app.userData, 'reasons.csv');
  await answerDialogs(app.electron, { save: reasons });
  await page.getByLabel('First day').fill('2020-01-01');
  await page.getByLabel('Last day').fill('2099-12-31');
  await page.getByRole('button', { name: 'Export as CSV…' }).click();
  await expect(page.getByText('Saved reasons.csv: 8 statements in that period')).toBeVisible();
  expect((await readFile(reasons, 'utf8')).trimEnd().split('\r\n')).toHaveLength(9);
});

test('the window complains about none of it', () => {
  expect(complaints).toEqual([]);
});
