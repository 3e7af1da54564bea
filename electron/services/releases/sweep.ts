import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Where an import builds its copy: named after the process, so that a dead one's leftovers are told from work going on. */
export const STAGING_PREFIX = '.incoming-';
const STAGING = /^\.incoming-(\d+)-/;

/** Removes what imports left that were killed: copies whose process is gone. Answers how many there were. */
export function sweepImports(releasesFolder: string): number {
  const left = readdirSync(releasesFolder).filter((name) => {
    const pid = Number(STAGING.exec(name)?.[1] ?? '0');
    return name.startsWith(STAGING_PREFIX) && !isRunning(pid);
  });
  for (const name of left) rmSync(join(releasesFolder, name), { recursive: true, force: true });
  return left.length;
}

function isRunning(pid: number): boolean {
  if (pid <= 0) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process is running all the same.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
