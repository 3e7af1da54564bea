import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { PASSPHRASE } from './world.ts';

const cli = join(import.meta.dirname, '../../../electron/cli/main.ts');

/** Runs the command line with the passphrase of the sample keys; what it said on both streams. */
export function commandLine(args: readonly string[]): { status: number | null; said: string } {
  const env = { ...process.env, STATESIDE_PASSPHRASE: PASSPHRASE };
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8', env });
  return { status, said: stdout + stderr };
}
