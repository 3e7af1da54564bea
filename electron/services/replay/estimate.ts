import { performance } from 'node:perf_hooks';
import type { ReplayEstimate, ReplayInput } from '../../../shared/contract/replay.ts';
import { getSnapshot } from '../../database/workspace/snapshots.ts';
import type { ServiceContext } from '../context.ts';
import { contestantNamed } from './contestants.ts';
import { runReplay } from './run.ts';

/** Requests of the two trials: what every replay costs shows in the shorter, what each request costs in the gap. */
const SHORT = 32;
const LONG = 256;

/**
 * How long a replay will take, from two trials of it on some of its requests; nothing of them is kept. Refuses what the
 * replay itself would refuse before it starts, with the same sentence.
 */
export async function estimateReplay(
  context: ServiceContext,
  { snapshot, baseline, candidate, settings }: ReplayInput,
): Promise<ReplayEstimate> {
  const { info } = getSnapshot(context.workspace.db, snapshot);
  await context.snapshotFiles.require(info);
  const sides = {
    baseline: await contestantNamed(context, baseline, snapshot, { fresh: false }),
    candidate: await contestantNamed(context, candidate, snapshot, { fresh: false }),
  };
  const { stratify: _stratify, ...rest } = settings;
  const trial = async (limit: number): Promise<number> => {
    const started = performance.now();
    await runReplay({
      ...{ pool: context.pool, snapshot: info, ...sides, settings: { ...rest, limit } },
      signal: new AbortController().signal,
      progress: () => {},
      take: () => {},
    });
    return (performance.now() - started) / 1000;
  };
  const requests = Math.min(settings.limit ?? Infinity, info.counts.requests);
  const [short, long] = [Math.min(SHORT, requests), Math.min(LONG, requests)];
  // The first replay of a pair of rankers opens their models, which a long one does not feel.
  await trial(1);
  const base = await trial(short);
  if (long === short) return { requests, trial: long, seconds: base };
  const each = Math.max(0, ((await trial(long)) - base) / (long - short));
  return { requests, trial: long, seconds: base + each * (requests - short) };
}
