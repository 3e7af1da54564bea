import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { featureColumns } from '../../electron/services/snapshots/synth/columns.ts';
import { synthDefaults, synthesise } from '../../electron/services/snapshots/synth/synth.ts';
import { makeBundle } from '../fixtures/replay/bundle.ts';
import { below, figure, type Figure } from './figures.ts';

const CHILD = join(import.meta.dirname, 'scale-child.ts');
const FEATURES = 8;
const CANDIDATES = 100;
const SIZES = [1e5, 1e6, 1e7, 1e8];
/** The largest takes ten minutes and eleven gigabytes: BENCH_MOST=1e8 asks for it. */
const MOST = Number(process.env['BENCH_MOST'] ?? 1e6);
const MEGABYTES = 1500;

const Answer = z.object({ candidates: z.int(), seconds: z.number(), megabytes: z.number() });

/**
 * Time and memory of a replay with every measure and its interval, at ever more candidates, each in a process of its own
 * on two threads. The model is tiny, so that all but inference shows.
 */
export async function benchScale(): Promise<Figure[]> {
  const figures: Figure[] = [];
  const costs: number[] = [];
  for (const size of SIZES.filter((size) => size <= MOST)) {
    const { candidates, seconds, megabytes } = await replayOf(size);
    costs.push((seconds / candidates) * 1e6);
    const what = `${size.toExponential().replace('e+', ' × 10^')} candidates`;
    figures.push(
      figure(`${what}: time`, seconds, 's'),
      figure(`${what}: time for each`, (seconds / candidates) * 1e6, 'µs'),
      below(`${what}: most memory held`, megabytes, 'MB', MEGABYTES),
    );
  }
  const [least = NaN] = costs;
  return [
    ...figures,
    below('cost of a candidate, largest replay ÷ smallest', (costs.at(-1) ?? NaN) / least, '', 1.25),
  ];
}

async function replayOf(size: number): Promise<z.infer<typeof Answer>> {
  const folder = await mkdtemp(join(tmpdir(), 'stateside-scale-'));
  try {
    const requests = size / CANDIDATES;
    const snapshot = join(folder, 'scale.snapshot.sqlite');
    synthesise(snapshot, {
      ...synthDefaults(requests, CANDIDATES),
      ...{ requests, candidates: CANDIDATES, features: FEATURES, seed: 1 },
    });
    const features = featureColumns(FEATURES).map(({ name }) => name);
    const heads = [
      { name: 'like', weight: 1 },
      { name: 'hate', weight: -2 },
    ];
    const bundle = (name: string, seed: number): string =>
      makeBundle(join(folder, name), { name, features, hidden: [16], heads, seed });
    const args = [CHILD, snapshot, bundle('baseline', 1), bundle('candidate', 2)];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    return Answer.parse(JSON.parse(stdout));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
