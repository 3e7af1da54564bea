import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { launchApp } from '../e2e/app.ts';
import { openRoute } from '../e2e/window.ts';
import { largeBundle } from '../fixtures/weights/large-graph.ts';
import { openDisplay } from '../runtime/display.ts';
import { below, figure, median, quantile, type Figure } from './figures.ts';

const OPERATORS = 2000;
const FRAMES = 120;
/** What a frame may take on a screen of 60 Hz. */
const FRAME_MS = 1000 / 60;
const OF_A_FRAME = 'of 16.7 ms';
/** A frame in time takes one; a screen's clock trembles a little. */
const MEDIAN_MOST = 1.1;
/** Above this a frame was missed. */
const LATE = 1.5;

/**
 * The graph of a model with 2,000 operators, all drawn: how long it takes to lay them out, and whether frames come in
 * time while a person pans and zooms. Needs the built app (npm run build).
 */
export async function benchGraph(): Promise<Figure[]> {
  const display = await openDisplay();
  Object.assign(process.env, display.env);
  const folder = await mkdtemp(join(tmpdir(), 'stateside-bench-'));
  const app = await launchApp({ foundsSample: true });
  try {
    const bundle = largeBundle(join(folder, 'large'), OPERATORS);
    const digest = await app.page.evaluate(async (path) => {
      const imported = await window.stateside.releases.import({ path });
      if (!imported.ok) throw new Error(imported.error.message);
      return imported.value.digest;
    }, bundle);
    await openRoute(app.page, `/weights/graph?release=${digest}`);
    const canvas = app.page.getByRole('img', { name: /^Graph of the model/ });
    await canvas.waitFor({ timeout: 60_000 });
    const started = performance.now();
    await app.page.getByRole('button', { name: 'Open all groups' }).click();
    await app.page.getByRole('img', { name: /: 20\d\d boxes/ }).waitFor({ timeout: 120_000 });
    const laidOut = performance.now() - started;
    const whole = await frames(app.page, 0);
    const near = await frames(app.page, 12);
    return [
      figure(`${OPERATORS} operators laid out and drawn`, laidOut, 'ms'),
      below('a frame of pan and zoom, all in sight, median', median(whole), OF_A_FRAME, MEDIAN_MOST),
      below('the same, 95th percentile', quantile(whole, 0.95), OF_A_FRAME, LATE),
      below('a frame of pan and zoom, near, median', median(near), OF_A_FRAME, MEDIAN_MOST),
      below('the same, 95th percentile', quantile(near, 0.95), OF_A_FRAME, LATE),
    ];
  } finally {
    await app.close();
    display.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** From one frame to the next, as a share of what a frame may take, while the drawing is dragged and zoomed after `zooms` steps nearer. */
async function frames(page: Page, zooms: number): Promise<number[]> {
  const taken = await page.evaluate(
    async ({ zooms, count }) => {
      const canvas = document.querySelector('canvas');
      if (canvas === null) throw new Error('there is no drawing');
      canvas.setPointerCapture = () => {}; // no pointer is really down
      const box = canvas.getBoundingClientRect();
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      const at = { clientX: x, clientY: y, bubbles: true, cancelable: true };
      const wheel = (deltaY: number) => canvas.dispatchEvent(new WheelEvent('wheel', { ...at, deltaY }));
      const pointer = (type: string, dx: number) =>
        canvas.dispatchEvent(new PointerEvent(type, { ...at, clientX: x + dx, pointerId: 1 }));
      const next = () => new Promise<number>((done) => requestAnimationFrame(done));
      for (let step = 0; step < zooms; step += 1) {
        wheel(-200);
        await next();
      }
      const times: number[] = [];
      pointer('pointerdown', 0);
      let last = await next();
      for (let frame = 0; frame < count; frame += 1) {
        if (frame % 4 === 0) wheel(frame % 8 === 0 ? 12 : -12);
        else pointer('pointermove', 8 * (frame % 20));
        const now = await next();
        times.push(now - last);
        last = now;
      }
      pointer('pointerup', 0);
      return times;
    },
    { zooms, count: FRAMES },
  );
  return taken.map((time) => time / FRAME_MS);
}
