import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './cache.ts';
import { openDisplay } from './display.ts';
import { locateElectron } from './locate.ts';
import { keepFoundedSample } from './sample.ts';

/** Before all tests with a window: a build, an Electron, a display and a sample workspace must be there. Answers what to do after them. */
export default async function setUp(): Promise<() => Promise<void>> {
  if (!existsSync(join(PROJECT, 'out', 'renderer', 'index.html')))
    throw new Error('There is no build to test; run "npm run build" first');
  await locateElectron();
  const display = await openDisplay();
  Object.assign(process.env, display.env);
  const removeSample = await keepFoundedSample();
  return async () => {
    display.close();
    await removeSample();
  };
}
