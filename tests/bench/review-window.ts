import type { Page } from '@playwright/test';
import { launchApp } from '../e2e/app.ts';
import { openRoute } from '../e2e/window.ts';
import { PASSPHRASE } from '../fixtures/review/workload/people.ts';
import type { Workload } from '../fixtures/review/workload/workload.ts';
import { openDisplay } from '../runtime/display.ts';
import { atLeast, below, figure, quantile, type Figure } from './figures.ts';
import { processorTime } from './processor-time.ts';
import { scrollHistory } from './review-scroll.ts';

const FEEDS = 100;
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
    const plainKeys = await keysOfOneWord(page);
    const { history, plain } = await scrollHistory(page);
    const onTime = (frames: readonly number[]): number => 100 - late(frames);
    return [
      below('deciding key to the next feed painted, 95th percentile', quantile(times, 0.95), 'ms', 100),
      figure('deciding key to the next feed painted, median', quantile(times, 0.5), 'ms'),
      figure(
        'a key that changes one word painted in the same window, 95th percentile',
        quantile(plainKeys, 0.95),
        'ms',
      ),
      figure('the same, median', quantile(plainKeys, 0.5), 'ms'),
      figure('script for both keys and the feed, processor time', script / times.length, 'ms'),
      figure('style and layout for them', layout / times.length, 'ms'),
      atLeast(
        'frames within 20 ms, of scrolling history against plain rows scrolled in turns in the same window',
        onTime(history.gaps) / onTime(plain.gaps),
        '×',
        0.99,
      ),
      atLeast('frames in the slowest second of scrolling history', history.slowest, '', 1000 / FRAME_MS),
      figure('the same of plain rows', plain.slowest, ''),
      figure('frames of scrolling history that took longer than 20 ms', late(history.gaps), '%'),
      figure('the same of plain rows', late(plain.gaps), '%'),
      below(
        'script, style and layout for a frame of scrolling history, processor time',
        history.script + history.layout,
        'ms',
        FRAME_MS,
      ),
      figure('the same for a frame of plain rows', plain.script + plain.layout, 'ms'),
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

/** Presses keys that change one word of the page; times run to the painted frame, as they do for feeds. */
async function keysOfOneWord(page: Page): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < FEEDS; round += 1) {
    const watch = await page.evaluateHandle(
      (word) => ({
        painted: new Promise<number>((resolve) => {
          window.addEventListener(
            'keydown',
            (event) => {
              event.stopImmediatePropagation();
              const text =
                document.querySelector('[data-bench]') ??
                document.body.appendChild(document.createElement('p'));
              text.setAttribute('data-bench', '');
              text.textContent = word;
              requestAnimationFrame(() => {
                const { port1, port2 } = new MessageChannel();
                port1.addEventListener('message', () => resolve(performance.now() - event.timeStamp));
                port1.start();
                port2.postMessage(null);
              });
            },
            { once: true, capture: true },
          );
        }),
      }),
      `word ${round}`,
    );
    await page.keyboard.press('F9');
    times.push(await watch.evaluate(({ painted }) => painted));
  }
  return times;
}
