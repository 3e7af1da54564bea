import type { ElectronApplication, Page } from '@playwright/test';

/** Opens a route of the window by its address, as a link or a reload would. */
export async function openRoute(page: Page, route: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, route);
}

/** Everything the window complains about from now on: console errors, warnings and uncaught exceptions. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  return complaints;
}

/** Answers the system's dialogs, which a test cannot click: every open dialog with one path, every save dialog too. */
export async function answerDialogs(
  electron: ElectronApplication,
  answer: { open?: string; save?: string },
): Promise<void> {
  await electron.evaluate(({ dialog }, { open, save }) => {
    if (open !== undefined) {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [open] });
    }
    if (save !== undefined) {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: save });
    }
  }, answer);
}

/** Digests and ids of the sample workspace, by the names people use. */
export async function sampleOf(page: Page) {
  return page.evaluate(async () => {
    const releases = await window.stateside.releases.list();
    const replays = await window.stateside.replay.list();
    if (!releases.ok || !replays.ok) throw new Error('the sample workspace does not answer');
    const release = (version: string) =>
      releases.value.find(({ manifest }) => manifest.version === version)?.digest ?? '';
    const replay = (version: string) =>
      replays.value.find(({ candidate }) => candidate.version === version)?.id ?? '';
    return {
      production: release('us-2026.10.0'),
      candidate: release('us-2026.11.0'),
      failing: release('us-2026.11.0-rc1'),
      candidateReplay: replay('us-2026.11.0'),
      failingReplay: replay('us-2026.11.0-rc1'),
    };
  });
}
