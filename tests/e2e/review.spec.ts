import { expect, test, type Page } from '@playwright/test';
import { launchApp, type RunningApp } from './app.ts';
import { openRoute } from './window.ts';
import { seriousFlaws } from './flaws.ts';

let app: RunningApp;
let page: Page;
test.beforeAll(async () => {
  app = await launchApp();
  page = app.page;
});
test.afterAll(() => app.close());
test.describe.configure({ mode: 'serial' });

const card = (place: number) =>
  page
    .getByRole('region', { name: 'Feed', exact: true })
    .getByRole('listitem')
    .nth(place - 1);

test('a reviewer unlocks a key and draws a campaign', async () => {
  await openRoute(page, '/review');
  await page.getByRole('combobox', { name: 'Person' }).click();
  await page.getByRole('option', { name: 'Sam Okafor' }).click();
  await page.getByLabel('Passphrase of the key').fill('stateside sample');
  await page.getByRole('button', { name: 'Unlock for review' }).click();
  await expect(page.getByText('Sam Okafor (reviewer), key unlocked')).toBeVisible();
  await page.getByRole('button', { name: 'New campaign…' }).click();
  const form = page.getByRole('form', { name: 'New campaign' });
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill('First look');
  await form.getByRole('textbox', { name: 'Feeds', exact: true }).fill('3');
  expect(await seriousFlaws(page)).toEqual([]);
  await form.getByRole('button', { name: 'Draw 3 feeds' }).click();
  await expect(page.getByRole('link', { name: 'First look', exact: true })).toBeVisible();
  expect(await seriousFlaws(page)).toEqual([]);
});

test('the desk’s keys can be changed, but not to one that has a meaning already', async () => {
  await openRoute(page, '/settings');
  await page.getByRole('button', { name: /^Demote the item/ }).click();
  await page.keyboard.press('1');
  await expect(page.getByText('1 is “Item is fine; move on” already.')).toBeVisible();
  await page.getByRole('button', { name: /^Demote the item/ }).click();
  await page.keyboard.press('d');
  await expect(
    page.getByRole('button', { name: 'Demote the item; move on: d. Change the key' }),
  ).toBeVisible();
  expect(await seriousFlaws(page)).toEqual([]);
});

test('a whole campaign is worked without a mouse', async () => {
  await openRoute(page, '/review');
  await page.getByRole('link', { name: 'First look', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Feed 1 of 3, 0 submitted by you')).toBeVisible();
  await page.keyboard.press('d');
  await expect(page.getByText('Choose it, and the action is given')).toBeVisible();
  await page.keyboard.type('Spam and');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(card(1)).toContainText('Demote');
  await expect(page.getByRole('status').filter({ hasText: 'Demote.' })).toHaveCount(1);
  await page.keyboard.press('1');
  await expect(card(2)).toContainText('Fine');
  await page.keyboard.press('u');
  await expect(card(2)).toContainText('not ruled on');
  await expect(page.getByRole('status').filter({ hasText: 'The last ruling is undone.' })).toHaveCount(1);
  await page.keyboard.press('k');
  await page.keyboard.press('a');
  await page.keyboard.press('e');
  await expect(card(1)).toContainText('Demote and Escalate');
  await page.keyboard.down('j');
  await page.keyboard.down('j');
  await page.keyboard.up('j');
  await expect(card(3).getByRole('button')).toHaveAttribute('aria-current', 'true');
  await page.keyboard.down('1');
  await expect(card(3)).toContainText('Fine');
  await page.keyboard.down('1');
  await page.keyboard.down('1');
  await page.keyboard.up('1');
  await page.keyboard.press('k');
  await expect(card(3).getByRole('button')).toHaveAttribute('aria-current', 'true');
  await expect(card(4)).toContainText('not ruled on');
  await page.keyboard.press('n');
  await page.keyboard.type('d1e are letters here');
  await page.keyboard.press('Escape');
  await page.keyboard.press('s');
  await page.keyboard.press('Escape');
  await page.keyboard.press('h');
  await expect(page.getByRole('dialog', { name: 'Hold or hand over' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Hold or hand over' })).toBeHidden();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('Demote the item; move on');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeHidden();
  await page.keyboard.press('9');
  await expect(page.getByRole('button', { name: 'Not acceptable' })).toHaveAttribute('aria-pressed', 'true');
  const announced = page.getByRole('status').getByText('Saved. The feed: not acceptable.');
  await announced.evaluate((node) => node.setAttribute('data-heard', ''));
  await page.keyboard.press('9');
  await expect(page.locator('[data-heard]')).toHaveCount(0);
  await expect(announced).toHaveCount(1);
  expect(await seriousFlaws(page)).toEqual([]);
  await page.getByRole('link', { name: 'All campaigns' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'First look', exact: true }).click();
  await expect(page.getByText('Feed 1 of 3, 0 submitted by you')).toBeVisible();
  await expect(card(3).getByRole('button')).toHaveAttribute('aria-current', 'true');
  await expect(page.getByRole('textbox', { name: 'Note' })).toHaveValue('d1e are letters here');
  await expect(page.getByRole('button', { name: 'Not acceptable' })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('h');
  const leaving = page.getByRole('dialog', { name: 'Hold or hand over' });
  await leaving.getByRole('textbox', { name: 'Why' }).fill('asked the policy team');
  await leaving.getByRole('button', { name: 'Hold it' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Feed 2 of 3, 0 submitted by you')).toBeVisible();
  await page.getByRole('button', { name: /^Take up feed 1, held until/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Feed 1 of 3, 0 submitted by you')).toBeVisible();
  await expect(card(1)).toContainText('Demote and Escalate');
  await expect(page.getByRole('button', { name: /^Take up feed/ })).toBeHidden();
  await page.keyboard.press('n');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('far too much of it');
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await expect(page.getByRole('textbox', { name: 'Note' })).toHaveValue('');
  await page.keyboard.press('Enter');
  const unsaved = page
    .getByRole('region', { name: 'Decision' })
    .getByText(/^The note written at .* is saved with no ruling/);
  await expect(unsaved).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Note' })).toHaveValue('far too much of it');
  await page.keyboard.press('9');
  await expect(unsaved).toBeHidden();
  for (const feed of [2, 3]) {
    await page.keyboard.press('Enter');
    await expect(page.getByText(`Feed ${feed} of 3, ${feed - 1} submitted by you`)).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: `Feed ${feed - 1} submitted` })).toHaveCount(1);
    await page.keyboard.press('7');
    await expect(page.getByRole('button', { name: 'Acceptable 7' })).toHaveAttribute('aria-pressed', 'true');
  }
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing left for you')).toBeVisible();
  const verdicts = await page.evaluate(async () => {
    const found = await window.stateside.review.history({ filter: { feed: 0 }, offset: 0, limit: 20 });
    return found.ok ? found.value.rows.filter(({ ruling }) => ruling.kind === 'feed') : [];
  });
  // the sample holds no stills
  expect(verdicts.map(({ ruling }) => ruling.uncovered)).toEqual([[]]);
});

test('two feeds are judged blind by keys, and their names are nowhere', async () => {
  await openRoute(page, '/review');
  await page.getByRole('button', { name: 'New campaign…' }).click();
  const form = page.getByRole('form', { name: 'New campaign' });
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill('Which is better');
  await form.getByText('Both feeds, names hidden').click();
  await form.getByRole('textbox', { name: 'Feeds', exact: true }).fill('2');
  await form.getByRole('button', { name: 'Draw 2 feeds' }).click();
  await page.getByRole('link', { name: 'Which is better', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Feed 1 of 2, 0 submitted by you')).toBeVisible();
  await page.keyboard.press('j');
  await expect(page.getByRole('status').filter({ hasText: 'Left feed, item 2 of' })).toHaveCount(1);
  const shown = page.locator('main');
  await expect(shown).not.toContainText(/us-2026|[Cc]andidate|[Bb]aseline/);
  await expect(shown).toContainText('Not said while it is hidden whose feed this is.');
  await page.keyboard.press('8');
  await expect(page.getByRole('button', { name: 'No difference 8' })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Feed 2 of 2, 1 submitted by you')).toBeVisible();
});

test('a feed that was handed over meanwhile says so, and keeps what was ruled', async () => {
  await page.keyboard.press('1');
  await expect(page.getByText(/Saved\..*Fine/)).toHaveCount(1);
  await page.evaluate(async () => {
    const { review } = window.stateside;
    const campaigns = await review.campaigns();
    const campaign = campaigns.ok
      ? campaigns.value.find(({ name }) => name === 'Which is better')
      : undefined;
    await review.handOver({ campaign: campaign?.id ?? '', feed: 1, to: 'lucia.ortega', note: 'yours' });
  });
  await page.keyboard.press('7');
  await expect(page.getByRole('alert')).toContainText('was handed over meanwhile');
  expect(await seriousFlaws(page)).toEqual([]);
  await page.getByRole('alert').getByRole('button').click();
  await expect(page.getByText('Feed 2 of 2, 1 submitted by you')).toBeVisible();
  await expect(page.getByText('Also at work on it: lucia.ortega')).toBeVisible();
});

test('a queue gathers feeds by a rule, and a locked desk asks for a key', async () => {
  await openRoute(page, '/review');
  await page.getByRole('button', { name: 'Add a queue…' }).click();
  const form = page.getByRole('form', { name: 'New queue' });
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill('Everything');
  expect(await seriousFlaws(page)).toEqual([]);
  await form.getByRole('button', { name: 'Add the queue' }).click();
  await expect(page.getByRole('table', { name: 'Queues' })).toContainText('Everything');
  await changesQueue();
  await page.getByRole('button', { name: 'Lock', exact: true }).click();
  await page.getByRole('link', { name: 'Everything' }).click();
  await expect(page.getByRole('form', { name: 'Unlock a key for review' })).toBeVisible();
});

/** Changes the queue “Everything” twice, the second time over a change of another window; and does not remove it so. */
async function changesQueue(): Promise<void> {
  const queues = page.getByRole('table', { name: 'Queues' });
  await queues.getByRole('button', { name: 'Change the queue Everything' }).click();
  const form = page.getByRole('form', { name: 'Change “Everything”' });
  await form.getByRole('textbox', { name: 'Priority' }).fill('90');
  await form.getByRole('combobox', { name: 'Judged' }).click();
  await page.getByRole('option', { name: 'openly' }).click();
  await form.getByRole('button', { name: 'Change the queue' }).click();
  await expect(queues.getByRole('row', { name: /Everything 90/ })).toBeVisible();
  await queues.getByRole('button', { name: 'Change the queue Everything' }).click();
  await expect(form.getByRole('combobox', { name: 'Judged' })).toHaveValue('openly');
  await page.evaluate(async () => {
    const answer = await window.stateside.review.queues();
    if (!answer.ok || answer.value[0] === undefined) throw new Error('there is no queue');
    const { id, name, priority, rule } = answer.value[0];
    const was = { id, name, priority, rule };
    await window.stateside.review.saveQueue({ ...was, priority: 70, was });
  });
  await form.getByRole('textbox', { name: 'Name' }).fill('All of it');
  await form.getByRole('button', { name: 'Change the queue' }).click();
  await expect(form.getByRole('alert')).toContainText('was changed meanwhile: its priority is now 70');
  await page.keyboard.press('Escape');
  await expect(queues.getByRole('row', { name: /Everything 70/ })).toBeVisible();
}
