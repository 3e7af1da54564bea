import type { Page } from '@playwright/test';
import { launchApp } from '../e2e/app.ts';
import { openRoute } from '../e2e/window.ts';
import { PASSPHRASE } from '../fixtures/review/workload/people.ts';
import type { Workload } from '../fixtures/review/workload/workload.ts';
import { openDisplay } from '../runtime/display.ts';
import { below, quantile, type Figure } from './figures.ts';

const FEEDS = 40;
const SCROLL_MS = 4000;
const PATIENCE_MS = 10_000;
/** A frame at 50 a second. */
const FRAME_MS = 20;

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
    const frames = await scrollHistory(page);
    const late = frames.filter((gap) => gap > FRAME_MS * 1.05).length / frames.length;
    return [
      below('deciding key to the next feed painted, 95th percentile', quantile(times, 0.95), 'ms', 100),
      below('frames of scrolling history that took longer than 20 ms', late * 100, '%', 1),
    ];
  } finally {
    await app.close();
    display.close();
  }
}

/** Presses the key of a verdict and of submitting; times run from the second to the frame that shows the next feed. */
async function nextFeeds(page: Page, campaign: string): Promise<number[]> {
  await openRoute(page, `/review/campaign/${campaign}`);
  const progress = page.getByText(/^Feed [\d,]+ of/);
  await progress.waitFor();
  const times: number[] = [];
  for (let round = 0; round < FEEDS; round += 1) {
    await page.keyboard.press('7');
    await page.locator('button[aria-pressed="true"]').first().waitFor();
    const before = await progress.innerText();
    const watch = await page.evaluateHandle(
      ({ before, patience }) => ({
        painted: new Promise<number | null>((resolve) => {
          window.addEventListener(
            'keydown',
            () => {
              const from = performance.now();
              const look = (): void => {
                const said = [...document.querySelectorAll('main *')].find(
                  ({ children, textContent }) =>
                    children.length === 0 && /^Feed [\d,]+ of/.test(textContent ?? ''),
                );
                if (performance.now() - from > patience) resolve(null);
                else if (said !== undefined && said.textContent !== before)
                  requestAnimationFrame(() => resolve(performance.now() - from));
                else requestAnimationFrame(look);
              };
              look();
            },
            { once: true, capture: true },
          );
        }),
      }),
      { before, patience: PATIENCE_MS },
    );
    await page.keyboard.press('Enter');
    const time = await watch.evaluate(({ painted }) => painted);
    // a small campaign is at its end
    if (time === null) break;
    times.push(time);
  }
  return times;
}

/** Gaps between frames while the history is scrolled through its pages. */
async function scrollHistory(page: Page): Promise<number[]> {
  await openRoute(page, '/review/history');
  const grid = page.getByRole('grid', { name: 'Decisions' });
  await grid.getByRole('row').nth(3).waitFor();
  return grid.evaluate(
    (element, wanted) =>
      new Promise<number[]>((resolve) => {
        const scroller = [element, ...element.querySelectorAll('*')].find(
          (node) => node.scrollHeight > node.clientHeight + 100,
        );
        const gaps: number[] = [];
        const from = performance.now();
        let last = from;
        const step = (now: number): void => {
          gaps.push(now - last);
          last = now;
          scroller?.scrollBy(0, 90);
          if (now - from < wanted) requestAnimationFrame(step);
          else resolve(gaps.slice(2));
        };
        requestAnimationFrame(step);
      }),
    SCROLL_MS,
  );
}
