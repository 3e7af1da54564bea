import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { needLibraries } from './debian.ts';
import { officialElectron } from './official.ts';
import { placePortableSqlite } from './sqlite.ts';
import { layOutTestRuntime } from './test-runtime.ts';

export interface Runtime {
  /** Folder of the unpacked runtime. */
  readonly folder: string;
  readonly executable: string;
  readonly version: string;
}

const EXECUTABLES: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

/** The first Electron with Node-API 10, which better-sqlite3's prebuilt addon asks for. */
const NODE_API_10 = 35;

/**
 * An Electron that starts on this machine, with its system libraries and a better-sqlite3 that it loads:
 * the one of ELECTRON_OVERRIDE_DIST_PATH, else the official one, else on Linux x64 the test runtime.
 */
export async function locateElectron(): Promise<Runtime> {
  const runtime = readRuntime(await findFolder());
  await needLibraries(runtime.executable);
  if (Number.parseInt(runtime.version, 10) < NODE_API_10) await placePortableSqlite();
  return runtime;
}

async function findFolder(): Promise<string> {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override !== undefined && override !== '') return resolve(override);
  const official = await officialElectron();
  if (official !== undefined) return official;
  if (process.platform === 'linux' && process.arch === 'x64') return layOutTestRuntime();
  throw new Error(
    'No Electron: GitHub could not be reached; set ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron and start again',
  );
}

/** Reads what an unpacked runtime says of itself. */
export function readRuntime(folder: string): Runtime {
  const executable = join(folder, EXECUTABLES[process.platform] ?? 'electron');
  if (!existsSync(executable)) throw new Error(`${folder} holds no Electron: ${executable} is missing`);
  const versionFile = join(folder, 'version');
  if (!existsSync(versionFile))
    throw new Error(`${versionFile} is missing, so the version of this Electron is not known`);
  return { folder, executable, version: readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') };
}

/**
 * What this machine asks of any Electron. Chromium refuses to start its sandbox as root; nobody else goes without it.
 * Without a graphics device, as on a virtual display, its GPU process fails at the start, and a window that asked for
 * it in that moment stays blank for good.
 */
export function machineFlags(): string[] {
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  if (process.platform === 'linux' && !existsSync('/dev/dri')) flags.push('--disable-gpu');
  return flags;
}
