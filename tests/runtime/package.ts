import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MODULES, PROJECT } from './cache.ts';
import { locateElectron } from './locate.ts';

/** Makes the unpacked app of this machine's system in dist/, from whichever Electron is at hand. */
try {
  const { folder, version } = await locateElectron();
  node(join(MODULES, 'electron-vite', 'bin', 'electron-vite.js'), ['build', '--logLevel', 'warn']);
  node(join(MODULES, 'electron-builder', 'cli.js'), [
    '--dir',
    `--config.electronDist=${folder}`,
    `--config.electronVersion=${version}`,
  ]);
  // electron-builder takes it out of a downloaded Electron, not out of a given one
  await rm(join(PROJECT, 'dist', 'linux-unpacked', 'resources', 'default_app.asar'), { force: true });
  console.log(`The app stands in ${join(PROJECT, 'dist')}, made from Electron ${version}.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

function node(script: string, args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: PROJECT, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${script} failed; its messages stand above`);
}
