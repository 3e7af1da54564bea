import { openBundle } from '../../electron/services/releases/bundle.ts';
import { releaseContestant } from '../../electron/services/replay/ranker.ts';
import { runReplay } from '../../electron/services/replay/run.ts';
import { snapshotInfo } from '../../electron/services/snapshots/info.ts';
import { WorkerPool } from '../../electron/workers/pool.ts';
import { replayWorker } from '../fixtures/replay/made.ts';

/** `node scale-child.ts SNAPSHOT BASELINE CANDIDATE`: replays all with every measure; prints seconds and the most memory held. */
const [snapshot = '', baseline = '', candidate = ''] = process.argv.slice(2);
const info = await snapshotInfo(snapshot);
const pool = new WorkerPool(replayWorker, 2);
const started = performance.now();
const report = await runReplay({
  pool,
  snapshot: info,
  baseline: releaseContestant(await openBundle(baseline)),
  candidate: releaseContestant(await openBundle(candidate)),
  settings: { seed: 1, limit: null, topK: 10 },
  signal: new AbortController().signal,
  progress: () => {},
  take: () => {},
});
const seconds = (performance.now() - started) / 1000;
await pool.close();
console.log(
  JSON.stringify({
    candidates: report.candidates,
    seconds,
    megabytes: process.resourceUsage().maxRSS / 1024,
  }),
);
