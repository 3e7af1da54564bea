import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { PROJECT } from '../runtime/cache.ts';
import { locateElectron, machineFlags } from '../runtime/locate.ts';
import { foundedSample, SAMPLE } from '../runtime/sample.ts';

export interface RunningApp {
  readonly electron: ElectronApplication;
  /** The console's window. */
  readonly page: Page;
  /** The app's own folder, empty at the first start and gone after `close`. */
  readonly userData: string;
  close(): Promise<void>;
}

interface LaunchOptions {
  /** Whether the app founds the sample workspace itself, which a test else finds founded. */
  readonly foundsSample?: boolean;
  /** Folder of the workspace to open; the sample workspace when left out. */
  readonly workspace?: string;
  /** The app's own folder, to start again on what an earlier start left; not removed by `close` then. */
  readonly userData?: string;
  /** Further arguments of the app. */
  readonly args?: readonly string[];
  /** Added to the environment of the tests. */
  readonly env?: Readonly<Record<string, string>>;
}

const LAUNCH_MS = 20_000;
const FIRST_WINDOW_MS = 12_000;
const TRIES = 3;

/** Starts the built app as a person would, with nothing remembered from before but the sample workspace. */
export async function launchApp({
  workspace,
  userData: kept,
  foundsSample = false,
  args: further = [],
  env = {},
}: LaunchOptions = {}): Promise<RunningApp> {
  const { executable } = await locateElectron();
  const userData = kept ?? (await mkdtemp(join(tmpdir(), 'stateside-app-')));
  const sample = join(userData, SAMPLE);
  if (workspace === undefined && !foundsSample && !existsSync(sample))
    await cp(foundedSample(), sample, { recursive: true });
  const args = [...machineFlags(), PROJECT, `--user-data-dir=${userData}`, ...further];
  if (workspace !== undefined) args.push('--workspace', workspace);
  const { electron, page } = await launch(executable, args, env, join(userData, 'logs', 'stateside.log'));
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

/**
 * On a busy machine Playwright now and then waits for good for an app it attached to, or misses a window that opened
 * meanwhile. The app's own log tells that from an app that did not start; only then is it started again.
 */
async function launch(
  executablePath: string,
  args: string[],
  added: Readonly<Record<string, string>>,
  log: string,
) {
  const inherited = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  const env = { ...Object.fromEntries(inherited), ...added };
  for (let attempt = 1; ; attempt += 1) {
    const before = existsSync(log) ? readFileSync(log, 'utf8').length : 0;
    let electron: ElectronApplication | undefined;
    try {
      electron = await _electron.launch({ executablePath, cwd: PROJECT, args, env, timeout: LAUNCH_MS });
      const page = await electron.firstWindow({ timeout: FIRST_WINDOW_MS });
      await page.waitForLoadState();
      return { electron, page };
    } catch (error) {
      const opened = existsSync(log) && readFileSync(log, 'utf8').slice(before).includes('window ready');
      electron?.process().kill('SIGKILL');
      if (!opened || attempt === TRIES) throw error;
    }
  }
}
