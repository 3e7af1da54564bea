import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { PROJECT } from '../runtime/cache.ts';
import { locateElectron, sandboxFlags } from '../runtime/locate.ts';

export interface RunningApp {
  readonly electron: ElectronApplication;
  /** The console's window. */
  readonly page: Page;
  /** The app's own folder, empty at the first start and gone after `close`. */
  readonly userData: string;
  close(): Promise<void>;
}

interface LaunchOptions {
  /** Folder of the workspace to open; the sample workspace when left out. */
  readonly workspace?: string;
  /** The app's own folder, to start again on what an earlier start left; not removed by `close` then. */
  readonly userData?: string;
}

/** Starts the built app as a person would, with nothing remembered from before. */
export async function launchApp({ workspace, userData: kept }: LaunchOptions = {}): Promise<RunningApp> {
  const { executable } = await locateElectron();
  const userData = kept ?? (await mkdtemp(join(tmpdir(), 'stateside-app-')));
  const electron = await _electron.launch({
    executablePath: executable,
    cwd: PROJECT,
    args: [
      ...sandboxFlags(),
      PROJECT,
      `--user-data-dir=${userData}`,
      ...(workspace === undefined ? [] : ['--workspace', workspace]),
    ],
  });
  const page = await electron.firstWindow();
  await page.waitForLoadState();
  return {
    electron,
    page,
    userData,
    close: async () => {
      await electron.close();
      if (kept === undefined) await rm(userData, { recursive: true, force: true });
    },
  };
}
