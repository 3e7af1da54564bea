import type { JSHandle, Page } from '@playwright/test';
import { launchApp } from '../e2e/app.ts';
import { openRoute } from '../e2e/window.ts';
import { PASSPHRASE } from '../fixtures/review/workload/people.ts';
import type { Workload } from '../fixtures/review/workload/workload.ts';
import { openDisplay } from '../runtime/display.ts';
import { below, figure, quantile, type Figure } from './figures.ts';

const FEEDS = 40;
const SCROLL_MS = 4000;
const PLAIN_ROWS = 1500;
const PLAIN_CELLS = 8;
const PATIENCE_MS = 10_000;
/** A frame at 50 a second. */
const FRAME_MS = 20;

/** Share of frames, in percent, that took longer than one at 50 a second. */
const late = (frames: readonly number[]): number =>
  (100 * frames.filter((gap) => gap > FRAME_MS * 1.05).length) / frames.length;

/** The desk and the history as a person has them: keys pressed, frames painted. Needs the built app (npm run build). */
export async function benchReviewWindow({ folder, campaigns, workers }: Workload): Promise<Figure[]> {
  const display = await openDisplay();
  Object.assign(process.env, display.env);
  const app = await launchApp({ workspace: folder });
  try {
    const { page } = app;
    const keyId = workers[1]?.keyId ?? '';
    await page.evaluate(
      async (input) => {
        const unlocked = await window.stateside.roster.unlock(input);
        if (!unlocked.ok) throw new Error(unlocked.error.message);
      },
      { keyId, passphrase: PASSPHRASE, minutes: 60 },
    );
    const ended = await processorTime(page);
    const times = await nextFeeds(page, campaigns[0]?.id ?? '');
    const { script, layout } = await ended();
    const { history, plain } = await scrollHistory(page);
    return [
      below('deciding key to the next feed painted, 95th percentile', quantile(times, 0.95), 'ms', 100),
      figure('deciding key to the next feed painted, median', quantile(times, 0.5), 'ms'),
      figure('script for both keys and the feed, processor time', script / times.length, 'ms'),
      figure('style and layout for them', layout / times.length, 'ms'),
      below('frames of scrolling history that took longer than 20 ms', late(history.gaps), '%', 1),
      figure('the same of plain rows in the same window', late(plain.gaps), '%'),
      figure(
        'frame of scrolling history against one of plain rows, 95th percentiles',
        quantile(history.gaps, 0.95) / quantile(plain.gaps, 0.95),
        '×',
      ),
      figure('script for a frame of scrolling history, processor time', history.script, 'ms'),
      figure('style and layout for it', history.layout, 'ms'),
      figure('style and layout for a frame of plain rows', plain.layout, 'ms'),
    ];
  } finally {
    await app.close();
    display.close();
  }
}

/** Presses the key of a verdict and of submitting; times run from the second to the painted frame that shows the next feed's cards. */
async function nextFeeds(page: Page, campaign: string): Promise<number[]> {
  await openRoute(page, `/review/campaign/${campaign}`);
  const progress = page.getByText(/^Feed [\d,]+ of/);
  await progress.waitFor();
  const times: number[] = [];
  for (let round = 0; round < FEEDS; round += 1) {
    await page.keyboard.press('7');
    await page.locator('button[aria-pressed="true"]').first().waitFor();
    const watch = await page.evaluateHandle(
      ({ patience }) => ({
        painted: new Promise<number | null>((resolve) => {
          const cards = (): string =>
            [...document.querySelectorAll('[data-card]')].map(({ textContent }) => textContent).join('|');
          const before = cards();
          window.addEventListener(
            'keydown',
            ({ timeStamp }) => {
              const timer = setTimeout(() => resolve(null), patience);
              const observer = new MutationObserver(() => {
                if (document.querySelector('[data-card]') === null || cards() === before) return;
                observer.disconnect();
                clearTimeout(timer);
                // a message sent in the frame that shows the cards comes once it is laid out and painted
                requestAnimationFrame(() => {
                  const { port1, port2 } = new MessageChannel();
                  port1.addEventListener('message', () => resolve(performance.now() - timeStamp));
                  port1.start();
                  port2.postMessage(null);
                });
              });
              observer.observe(document.body, { subtree: true, childList: true, characterData: true });
            },
            { once: true, capture: true },
          );
        }),
      }),
      { patience: PATIENCE_MS },
    );
    await page.keyboard.press('Enter');
    const time = await watch.evaluate(({ painted }) => painted);
    // a small campaign is at its end
    if (time === null) break;
    times.push(time);
  }
  return times;
}

interface Scrolled {
  /** Milliseconds from frame to frame. */
  readonly gaps: readonly number[];
  /** Processor time of the window's main thread for a frame (ms): script, style and layout. */
  readonly script: number;
  readonly layout: number;
}

/** Scrolls the history through its pages, and as large a box of plain rows. */
async function scrollHistory(page: Page): Promise<{ history: Scrolled; plain: Scrolled }> {
  await openRoute(page, '/review/history');
  const grid = page.getByRole('grid', { name: 'Decisions' });
  await grid.getByRole('row').nth(3).waitFor();
  const history = await scroll(page, await grid.evaluateHandle((element) => element));
  const box = await grid.evaluateHandle(plainRows, { rows: PLAIN_ROWS, cells: PLAIN_CELLS });
  return { history, plain: await scroll(page, box) };
}

/** Lays a box of plain rows over an element. */
function plainRows(element: Element, { rows, cells }: { rows: number; cells: number }): HTMLElement {
  const { top, left, width, height } = element.getBoundingClientRect();
  const box = document.createElement('div');
  box.style.cssText = `position:fixed;top:${top}px;left:${left}px;width:${width}px;height:${height}px;overflow:auto;background:#fff;color:#000;z-index:9`;
  for (let row = 0; row < rows; row += 1) {
    const line = box.appendChild(document.createElement('div'));
    line.style.cssText = 'display:flex;height:36px;contain:strict;content-visibility:auto';
    for (let cell = 0; cell < cells; cell += 1) {
      const text = line.appendChild(document.createElement('span'));
      text.style.cssText = 'flex:1;overflow:hidden;white-space:nowrap';
      text.textContent = `row ${row} cell ${cell}`;
    }
  }
  document.body.append(box);
  return box;
}

/** Scrolls by 90 pixels at every frame. */
async function scroll(page: Page, scroller: JSHandle<Element>): Promise<Scrolled> {
  const ended = await processorTime(page);
  const gaps = await scroller.evaluate(
    (element, wanted) =>
      new Promise<number[]>((resolve) => {
        const gaps: number[] = [];
        const from = performance.now();
        let last = from;
        const step = (now: number): void => {
          gaps.push(now - last);
          last = now;
          element.scrollBy(0, 90);
          if (now - from < wanted) requestAnimationFrame(step);
          else resolve(gaps.slice(2));
        };
        requestAnimationFrame(step);
      }),
    SCROLL_MS,
  );
  const { script, layout } = await ended();
  return { gaps, script: script / gaps.length, layout: layout / gaps.length };
}

interface Spent {
  readonly script: number;
  readonly layout: number;
}

/** Begins to measure the processor time (ms) of the window's main thread, however busy the machine is; answers at the end. */
async function processorTime(page: Page): Promise<() => Promise<Spent>> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const spent = async (): Promise<Spent> => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    const ms = (name: string) => 1000 * (metrics.find((metric) => metric.name === name)?.value ?? NaN);
    return { script: ms('ScriptDuration'), layout: ms('LayoutDuration') + ms('RecalcStyleDuration') };
  };
  const before = await spent();
  return async () => {
    const after = await spent();
    await devtools.detach();
    return { script: after.script - before.script, layout: after.layout - before.layout };
  };
}
