// Plain JavaScript: it must run on any Node, to start what needs Node 24 (TypeScript as it is, better-sqlite3).
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const platform = process.platform === 'win32' ? 'win' : process.platform;
const bundled = join(
  root,
  'node_modules',
  `node-${platform}-${process.arch}`,
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

/** Runs a script of this project on Node 24: the current one, else the one `npm ci` brought. Answers its exit code. */
export function runOnNode24(script, args) {
  const current = Number(process.versions.node.split('.')[0]) >= NEEDED;
  if (!current && !existsSync(bundled)) {
    process.stderr.write(
      `stateside: needs Node ${NEEDED} and runs on ${process.version}; run "npm ci" in ${root}, which brings it along on Linux and Windows, or install Node ${NEEDED}\n`,
    );
    return 2;
  }
  const node = current ? process.execPath : bundled;
  const { status, error } = spawnSync(
    node,
    ['--disable-warning=ExperimentalWarning', join(root, script), ...args],
    {
      stdio: 'inherit',
    },
  );
  if (error) process.stderr.write(`stateside: cannot start ${node}: ${error.message}\n`);
  return status ?? 2;
}
