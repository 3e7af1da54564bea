import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foundSample } from '../../electron/services/workspace/found-sample.ts';
import { WorkerPool } from '../../electron/workers/pool.ts';
import { PROJECT } from './cache.ts';

/** The sample workspace's folder among the app's own. */
export const SAMPLE = 'Sample workspace';

const VARIABLE = 'STATESIDE_TEST_SAMPLE';

/** Founds the sample workspace once for all tests with a window, as the app does at its first start. Answers what removes it. */
export async function keepFoundedSample(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'stateside-sample-'));
  const pool = new WorkerPool(join(PROJECT, 'electron', 'workers', 'replay.ts'));
  const workspace = await foundSample(join(folder, SAMPLE), join(PROJECT, 'resources', 'sample'), pool);
  workspace.close();
  await pool.close();
  process.env[VARIABLE] = join(folder, SAMPLE);
  return () => rm(folder, { recursive: true, force: true });
}

/** The sample workspace that was founded for the tests, to be copied. */
export function foundedSample(): string {
  const folder = process.env[VARIABLE];
  if (folder === undefined)
    throw new Error('No sample workspace was founded; start the tests with Playwright.');
  return folder;
}
