import type { Page } from '@playwright/test';

interface Spent {
  readonly script: number;
  readonly layout: number;
}

/** Begins to measure the processor time (ms) of the window's main thread, however busy the machine is; answers at the end. */
export async function processorTime(page: Page): Promise<() => Promise<Spent>> {
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
