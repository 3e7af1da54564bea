import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test, type Page } from '@playwright/test';
import { launchApp, type RunningApp } from './app.ts';
import { answerDialogs, complaintsOf, openRoute, sampleOf } from './window.ts';

const run = promisify(execFile);

let app: RunningApp;
let page: Page;
let complaints: string[];
test.beforeAll(async () => {
  app = await launchApp();
  page = app.page;
  complaints = complaintsOf(page);
});
test.afterAll(() => app.close());
test.describe.configure({ mode: 'serial' });

const region = (name: string) => page.getByRole('region', { name, exact: true });

/** Exports a figure in one form, as a person would, and gives the bytes of the file. */
async function exported(figure: string, form: 'csv' | 'json' | 'png'): Promise<Buffer> {
  const name = `${figure.replaceAll(/[^\w ]/g, '')}.${form}`;
  const path = join(app.userData, name);
  await answerDialogs(app.electron, { save: path });
  await page.getByRole('button', { name: `Export: ${figure}` }).click();
  await page.getByRole('menuitem', { name: form.toUpperCase() }).click();
  await expect(region(figure).getByRole('status')).toHaveText(`Saved ${name}`);
  return readFile(path);
}

/** In the window: how many pixels of two pictures differ by more than how a line is smoothed; all where sizes do. */
async function differing(pictures: string[]): Promise<number> {
  const drawn = pictures.map(async (picture) => {
    const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    pen?.drawImage(bitmap, 0, 0);
    return pen?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? new Uint8ClampedArray();
  });
  const [a = new Uint8ClampedArray(), b = new Uint8ClampedArray()] = await Promise.all(drawn);
  if (a.length !== b.length || a.length === 0) return Math.max(a.length, b.length, 1);
  return a.filter((value, at) => Math.abs(value - (b[at] ?? 0)) > 64).length;
}

test('what differs exports as CSV, JSON and a picture', async () => {
  const { candidateReplay } = await sampleOf(page);
  await openRoute(page, `/replay/${candidateReplay}`);
  const csv = (await exported('What differs', 'csv')).toString();
  expect(csv).toMatch(/^measure,title,unit,better,baseline,candidate,difference,/);
  expect(csv).toMatch(/\r\nndcg@10,nDCG@10,nDCG,higher,0\.\d+,/);
  const json: unknown = JSON.parse((await exported('What differs', 'json')).toString());
  expect(json).toMatchObject({
    title: 'What differs',
    source: expect.stringMatching(/^us-2026\.11\.0 against us-2026\.10\.0 on .* report [0-9a-f]{8}/),
    rows: expect.arrayContaining([expect.objectContaining({ measure: 'ndcg@10', unit: 'nDCG' })]),
  });
  const png = await exported('What differs', 'png');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  const box = await region('What differs').boundingBox();
  const scale = await page.evaluate(() => window.devicePixelRatio);
  expect(png.readUInt32BE(16)).toBe(Math.round((box?.width ?? 0) + 32) * scale);
  expect(png.readUInt32BE(20)).toBeGreaterThan((box?.height ?? 0) * scale);
});

test('the picture of a figure that is taller than the window is the one a tall window gives', async () => {
  const resize = (height: number) =>
    app.electron.evaluate(
      ({ BrowserWindow }, tall) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, tall),
      height,
    );
  const pictures: Buffer[] = [];
  for (const height of [1800, 600, 720]) {
    await resize(height);
    await expect.poll(() => page.evaluate(() => window.innerHeight)).toBe(height);
    pictures.push(await exported('Gates', 'png'));
  }
  const [whole = '', ...stitched] = pictures.map((picture) => picture.toString('base64'));
  for (const picture of stitched) expect(await page.evaluate(differing, [whole, picture])).toBe(0);
  await resize(900);
});

test('verdicts and the list of requests export too, the requests as they are searched and filtered', async () => {
  const { failingReplay } = await sampleOf(page);
  await openRoute(page, `/replay/${failingReplay}?only=labelled`);
  const gates = (await exported('Gates', 'csv')).toString();
  expect(gates).toMatch(/^gate,title,verdict,required,rule,threshold,measured,unit,/);
  expect(gates).toMatch(/\r\ntraining_data_us,Trained on US data alone,(pass|fail),required,/);
  const shown = page.getByRole('grid', { name: 'Requests' });
  const count = Number(await shown.getAttribute('aria-rowcount')) - 1;
  const rows = (await exported('Requests', 'csv')).toString().trimEnd().split('\r\n');
  expect(rows[0]).toMatch(/^request,user,asked at,candidates,rank-biased overlap,/);
  expect(rows).toHaveLength(count + 1);
  expect((await exported('Requests', 'png')).subarray(1, 4).toString()).toBe('PNG');
});

test('differences stand on one zero line with their intervals, the most alarming first', async () => {
  const { failingReplay } = await sampleOf(page);
  await openRoute(page, `/replay/${failingReplay}`);
  const table = page.getByRole('table', { name: 'What became better or worse' });
  await expect(table.getByRole('columnheader', { name: '95 % interval' })).toBeVisible();
  await expect(table.getByRole('row').nth(1)).toContainText('Worse');
  await expect(table.getByRole('row', { name: /nDCG@10/ })).toContainText(/[−+]0\.\d{4} to [−+]0\.\d{4}/);
  const movement = page.getByRole('table', { name: 'How far the feeds moved' });
  await expect(movement.getByRole('row', { name: /Rank-biased overlap/ })).toContainText(
    /\d\d\.\d\d to \d\d\.\d\d/,
  );
});

test('each head has its reliability curve, AUC and calibration error, and opens as a table', async () => {
  const title = 'Does what each head predicts come true?';
  const heads = region(title);
  await expect(
    heads.getByRole('img', { name: /^Reliability of hate\. Baseline: 0\.\d{3} came true/ }),
  ).toBeVisible();
  await expect(heads).toContainText(/AUC0\.\d{4} → 0\.\d{4}/);
  await heads.getByRole('button', { name: `${title}: as a table` }).click();
  const table = heads.getByRole('table');
  await expect(table.getByRole('columnheader').first()).toHaveText('head');
  await heads.getByRole('button', { name: `${title}: as a chart` }).click();
});

test('an item that moved opens the feeds in which it moved furthest, itself chosen', async () => {
  const { candidateReplay } = await sampleOf(page);
  await openRoute(page, `/replay/${candidateReplay}`);
  const items = page.getByRole('table', { name: 'Items whose exposure changed most' });
  await expect(items.getByRole('row')).toHaveCount(26);
  await items
    .getByRole('link', { name: /^Open the feeds of request / })
    .first()
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Request /);
  await expect(page.getByRole('complementary', { name: 'Why here' })).toContainText('What each head adds');
});

test('what changed one feed is taken apart, as a whole and for each item', async () => {
  const { candidateReplay } = await sampleOf(page);
  await openRoute(page, `/replay/${candidateReplay}`);
  await page.getByRole('grid', { name: 'Requests' }).focus();
  await page.keyboard.press('Enter');
  const apart = page.getByRole('table', { name: /^Change of .* by part$/ });
  await expect(apart.getByRole('row')).toHaveCount(7);
  await expect(region('What moved which item').getByRole('listitem').first()).toContainText(
    /#\d+ → #\d+: (up|down) \d+\.\d by (model|weights)/,
  );
  const csv = (await exported('What moved which item', 'csv')).toString();
  expect(csv).toMatch(/^item,place by the baseline,place by the candidate,model,weights,/);
  const json: unknown = JSON.parse((await exported('What changed this feed', 'json')).toString());
  expect(json).toMatchObject({ source: expect.stringMatching(/^request .*: us-2026\.11\.0 against/) });
  await page.keyboard.press('j');
  await expect(page.getByRole('complementary', { name: 'Why here' })).toContainText('What each head adds');
});

test('candidates replayed on the same ground stand side by side in one table', async () => {
  const { candidateReplay } = await sampleOf(page);
  await openRoute(page, `/replay/${candidateReplay}`);
  await page.getByRole('link', { name: 'Compare candidates' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Candidates against us-2026.10.0');
  const table = page.getByRole('table', { name: 'Candidates compared' });
  await expect(table.getByRole('columnheader', { name: 'us-2026.11.0', exact: true })).toBeVisible();
  await expect(table.getByRole('columnheader', { name: 'us-2026.11.0-rc1' })).toBeVisible();
  await expect(table).toContainText('3 required gates failed');
  await expect(table.getByRole('row', { name: /nDCG@10/ })).toContainText(/Better.*\+0\.\d{4}/);
  const csv = (await exported('What each candidate changes', 'csv')).toString();
  expect(csv).toMatch(
    /^measure,title,unit,better,us-2026[^,]* baseline,us-2026[^,]* candidate,us-2026[^,]* difference,/,
  );
});

test('the report prints whole: verdicts, digests, measures, heads', async () => {
  const { candidateReplay } = await sampleOf(page);
  await openRoute(page, `/replay/${candidateReplay}`);
  const path = join(app.userData, 'report.pdf');
  await answerDialogs(app.electron, { save: path });
  await page.getByRole('button', { name: 'Export PDF…' }).click();
  await expect(page.getByText('Saved report.pdf')).toBeVisible({ timeout: 30_000 });
  const { stdout } = await run('pdftotext', ['-layout', path, '-']);
  const words = stdout.replaceAll(/\s+/g, ' ');
  for (const part of ['Replay report', 'Trained on US data alone', 'Report digest', 'nDCG@10', 'long_view'])
    expect(words).toContain(part);
  // a table that is wider than the paper is drawn smaller, not cut
  for (const part of ['95 % interval', '1,000 draws', 'p, alone', '1,000 swaps', 'groups swapped'])
    expect(words).toContain(part);
  expect(words).not.toContain('Export');
});

test('a replay is set up with slices and attribution, and its report shows both', async () => {
  const { candidate } = await sampleOf(page);
  await openRoute(page, `/replay?candidate=${candidate}`);
  await page.getByRole('combobox', { name: 'Slice by' }).click();
  await page.getByRole('option', { name: 'request.hour', exact: true }).click();
  await page.keyboard.press('Escape');
  await page.getByLabel('Requests at most').fill('300');
  await page.getByLabel('Take the change apart (slower)').check();
  await page.getByRole('button', { name: 'Replay 300 requests' }).click();
  const heat = page.getByRole('table', { name: 'Slices by request.hour' });
  await expect(heat).toBeVisible({ timeout: 40_000 });
  await expect(heat.getByRole('columnheader', { name: 'ndcg @10' })).toBeVisible();
  await expect(heat.getByText('small').first()).toBeVisible();
  const csv = (await exported('For whom it differs: by request.hour', 'csv')).toString();
  expect(csv).toMatch(/^request\.hour,requests in the slice,small,measure,unit,/);
  const apart = page.getByRole('table', { name: /^Change of .* by part$/ });
  await expect(apart.getByRole('row')).toHaveCount(7);
  await page.getByRole('combobox', { name: 'Measure of which the change is taken apart' }).click();
  await page.getByRole('option', { name: 'nDCG@10', exact: true }).click();
  await expect(page.getByRole('table', { name: 'Change of nDCG@10 by part' })).toContainText(
    'candidate − baseline',
  );
});

test('the window complained about nothing on the way', () => {
  expect(complaints).toEqual([]);
});
