import type { Page } from '@playwright/test';
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
    const times = await nextFeeds(page, campaigns[0]?.id ?? '');
    const { history, plain } = await scrollHistory(page);
    return [
      below('deciding key to the next feed painted, 95th percentile', quantile(times, 0.95), 'ms', 100),
      figure('deciding key to the next feed painted, median', quantile(times, 0.5), 'ms'),
      below('frames of scrolling history that took longer than 20 ms', late(history), '%', 1),
      figure('the same of plain rows in the same window', late(plain), '%'),
      figure(
        'frame of scrolling history against one of plain rows, 95th percentiles',
        quantile(history, 0.95) / quantile(plain, 0.95),
        '×',
      ),
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

/** Gaps between frames while the history is scrolled through its pages, and while as large a box of plain rows is. */
async function scrollHistory(page: Page): Promise<{ history: number[]; plain: number[] }> {
  await openRoute(page, '/review/history');
  const grid = page.getByRole('grid', { name: 'Decisions' });
  await grid.getByRole('row').nth(3).waitFor();
  return grid.evaluate(
    async (element, { wanted, rows, cells }) => {
      const scroll = (scroller: Element): Promise<number[]> =>
        new Promise((resolve) => {
          const gaps: number[] = [];
          const from = performance.now();
          let last = from;
          const step = (now: number): void => {
            gaps.push(now - last);
            last = now;
            scroller.scrollBy(0, 90);
            if (now - from < wanted) requestAnimationFrame(step);
            else resolve(gaps.slice(2));
          };
          requestAnimationFrame(step);
        });
      const history = await scroll(element);
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
      const plain = await scroll(box);
      box.remove();
      return { history, plain };
    },
    { wanted: SCROLL_MS, rows: PLAIN_ROWS, cells: PLAIN_CELLS },
  );
}
