import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './cache.ts';
import { openDisplay } from './display.ts';
import { locateElectron } from './locate.ts';

/** Before all tests with a window: a build, an Electron and a display must be there. Answers what to do after them. */
export default async function setUp(): Promise<() => void> {
  if (!existsSync(join(PROJECT, 'out', 'renderer', 'index.html')))
    throw new Error('There is no build to test; run "npm run build" first');
  await locateElectron();
  const display = await openDisplay();
  Object.assign(process.env, display.env);
  return () => display.close();
}
