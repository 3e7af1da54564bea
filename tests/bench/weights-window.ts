import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { launchApp, type RunningApp } from '../e2e/app.ts';
import { openRoute } from '../e2e/window.ts';
import { makeBundle } from '../fixtures/replay/bundle.ts';
import { openDisplay } from '../runtime/display.ts';
import { below, figure, type Figure } from './figures.ts';
import { LARGE, writeTable } from './weights-files.ts';

const TENSORS = 20_000;
const VALUES = 32;
/** What a person takes for at once, and what a task of a window may take at most without being felt. */
const AT_ONCE_MS = 1000;
const LONG_TASK_MS = 50;
const MOST_MB = 200;
const MADE = { features: ['a', 'b'], hidden: [4], seed: 1, heads: [{ name: 'like', weight: 1 }] };

/**
 * Tensors in the window: how soon a release of 20,000 of them is listed, and whether anything is felt of a checkpoint of
 * several GB being measured. Needs the built app (npm run build).
 */
export async function benchWeightsWindow(): Promise<Figure[]> {
  const display = await openDisplay();
  Object.assign(process.env, display.env);
  const folder = mkdtempSync(join(tmpdir(), 'stateside-bench-'));
  const app = await launchApp({ foundsSample: true });
  try {
    return [...(await manyTensors(app, folder)), ...(await largeCheckpoint(app, folder))];
  } finally {
    await app.close();
    display.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function manyTensors({ page }: RunningApp, folder: string): Promise<Figure[]> {
  const tensor = (at: number) => ({ shape: [4, VALUES / 4], data: new Float32Array(VALUES).fill(at) });
  const names = Array.from({ length: TENSORS }, (_, at) => `layers.${at >>> 3}.block.${at & 7}.weight`);
  const tables = Object.fromEntries(names.map((name, at) => [name, tensor(at)]));
  const digest = await imported(page, makeBundle(join(folder, 'many'), { ...MADE, name: 'many', tables }));
  await openRoute(page, `/weights/graph?release=${digest}`);
  const link = page.getByRole('link', { name: 'Tensors', exact: true });
  await link.waitFor();
  const watched = await watch(page);
  const rows = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const from = performance.now();
        const look = () => {
          if (document.querySelector('[role="grid"] [data-row="0"]') === null) requestAnimationFrame(look);
          else requestAnimationFrame(() => resolve(performance.now() - from));
        };
        [...document.querySelectorAll('a')].find(({ textContent }) => textContent === 'Tensors')?.click();
        look();
      }),
  );
  await page.getByText(/ · measured /).waitFor({ timeout: 60_000 });
  const measured = await watched.end();
  return [
    below(`${TENSORS} tensors: click to first rows`, rows, 'ms', AT_ONCE_MS),
    figure('the same until all are measured', measured.seconds * 1000, 'ms'),
    below('longest task of the window meanwhile', measured.longestTask, 'ms', LONG_TASK_MS),
  ];
}

async function largeCheckpoint({ page, electron }: RunningApp, folder: string): Promise<Figure[]> {
  const bundle = makeBundle(join(folder, 'large'), { ...MADE, name: 'large' });
  mkdirSync(join(bundle, 'weights'));
  writeTable(join(bundle, 'weights', 'large.safetensors'), LARGE, 1);
  const size = `${LARGE / 2 ** 30} GB`;
  await openRoute(page, '/log');
  const memory = memoryOf(electron.process().pid ?? 0);
  const importing = await watch(page);
  const digest = await imported(page, bundle);
  const atImport = await importing.end();
  const watched = await watch(page);
  await openRoute(page, `/weights/tensors?release=${digest}`);
  await page.getByRole('heading', { name: 'Tensors of large' }).waitFor();
  await page.getByText(/ · measured /).waitFor({ timeout: 120_000 });
  const { seconds, longestTask } = await watched.end();
  return [
    figure(`${size} checkpoint imported`, atImport.seconds, 's'),
    below('longest task of the window meanwhile', atImport.longestTask, 'ms', LONG_TASK_MS),
    figure(`${size} checkpoint listed and measured`, seconds, 's'),
    below('longest task of the window meanwhile', longestTask, 'ms', LONG_TASK_MS),
    below('memory that the app takes more for both', memory.end(), 'MB', MOST_MB),
  ];
}

const imported = (page: Page, path: string): Promise<string> =>
  page.evaluate(async (path) => {
    const answer = await window.stateside.releases.import({ path });
    if (!answer.ok) throw new Error(answer.error.message);
    return answer.value.digest;
  }, path);

/** Gathers the tasks that held the window up, as it counts them itself: those of 50 ms and longer. */
async function watch(page: Page) {
  const started = performance.now();
  const handle = await page.evaluateHandle(() => {
    const tasks: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    });
    observer.observe({ type: 'longtask' });
    return { tasks, observer };
  });
  return {
    async end() {
      const tasks = await handle.evaluate(({ tasks, observer }) => {
        for (const { duration } of observer.takeRecords()) tasks.push(duration);
        return tasks;
      });
      return { seconds: (performance.now() - started) / 1000, longestTask: Math.max(0, ...tasks) };
    },
  };
}

/** What a process holds more than now, at most, in MB, as Linux counts it. */
function memoryOf(pid: number) {
  const held = () =>
    Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? NaN) / 1024;
  const before = held();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, held())), 20);
  return {
    end(): number {
      clearInterval(timer);
      return most - before;
    },
  };
}
