import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { MODULES, PROJECT } from './cache.ts';
import { hasDisplay } from './display.ts';
import { locateElectron, machineFlags } from './locate.ts';

try {
  process.exitCode = await start(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

/** Builds, finds an Electron and opens the console on the sample workspace; answers its exit code. */
async function start(args: readonly string[]): Promise<number> {
  if (!hasDisplay()) {
    throw new Error(
      'No display to open a window on: start it in a desktop session, or on a virtual display with "apt-get install -y xvfb xauth && xvfb-run -a npm start".',
    );
  }
  const { executable } = await locateElectron();
  const build = spawnSync(
    process.execPath,
    [join(MODULES, 'electron-vite', 'bin', 'electron-vite.js'), 'build', '--logLevel', 'warn'],
    {
      cwd: PROJECT,
      stdio: 'inherit',
    },
  );
  if (build.status !== 0) throw new Error('The build failed; its messages stand above.');
  const app = spawn(executable, [...machineFlags(), PROJECT, ...args], { stdio: 'inherit' });
  return new Promise((resolve, reject) => app.on('error', reject).on('close', (code) => resolve(code ?? 1)));
}
