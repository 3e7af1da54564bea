import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchApp } from '../e2e/app.ts';
import { openDisplay } from '../runtime/display.ts';
import { figure, median, type Figure } from './figures.ts';

const STARTS = 5;

/**
 * From the start of the process until the window shows what is in production. Cold: nothing there yet, so the
 * sample workspace is founded too. Warm: the same folder again. Needs the built app (npm run build).
 */
export async function benchStart(): Promise<Figure[]> {
  const display = await openDisplay();
  Object.assign(process.env, display.env);
  try {
    const cold: number[] = [];
    const warm: number[] = [];
    for (let start = 0; start < STARTS; start += 1) {
      const userData = await mkdtemp(join(tmpdir(), 'stateside-bench-'));
      cold.push(await usableAfter(userData));
      warm.push(await usableAfter(userData));
      await rm(userData, { recursive: true, force: true });
    }
    return [
      figure('start to usable window, cold (founds the sample)', median(cold), 'ms'),
      figure('start to usable window, warm', median(warm), 'ms'),
    ];
  } finally {
    display.close();
  }
}

async function usableAfter(userData: string): Promise<number> {
  const started = performance.now();
  const app = await launchApp({ userData, foundsSample: true });
  await app.page.getByRole('main').getByText('us-2026.10.0').first().waitFor();
  const taken = performance.now() - started;
  await app.close();
  return taken;
}
