import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MODULES } from './cache.ts';

const PACKAGE = join(MODULES, 'electron');
const PROBE_MS = 4_000;

/** The folder of the official Electron, downloaded by its own installer when GitHub answers; else undefined. */
export async function officialElectron(): Promise<string | undefined> {
  if (installedPath() === undefined && (await isReachable())) {
    console.log('Downloading the official Electron …');
    spawnSync(process.execPath, [join(PACKAGE, 'install.js')], { stdio: ['ignore', 'inherit', 'ignore'] });
  }
  return installedPath();
}

function installedPath(): string | undefined {
  const pathFile = join(PACKAGE, 'path.txt');
  const dist = join(PACKAGE, 'dist');
  return existsSync(pathFile) && existsSync(join(dist, readFileSync(pathFile, 'utf8'))) ? dist : undefined;
}

/** Both hosts must answer: the release's page redirects to the one that holds the file. */
async function isReachable(): Promise<boolean> {
  if (process.env['ELECTRON_MIRROR'] !== undefined) return true;
  try {
    const signal = AbortSignal.timeout(PROBE_MS);
    const hosts = ['https://github.com', 'https://release-assets.githubusercontent.com'];
    await Promise.all(hosts.map((host) => fetch(host, { method: 'HEAD', redirect: 'manual', signal })));
    return true;
  } catch {
    return false;
  }
}
