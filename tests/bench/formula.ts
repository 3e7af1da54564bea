import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServices, type OpenServices } from '../../electron/services/services.ts';
import { foundSample } from '../../electron/services/workspace/found-sample.ts';
import { WorkerPool } from '../../electron/workers/pool.ts';
import { rankRequest } from '../../shared/domain/ranking/rank.ts';
import type { RankingPolicy } from '../../shared/domain/ranking/policy.ts';
import { replayWorker } from '../fixtures/replay/made.ts';
import { candidate, outputs, POLICY, request } from '../unit/domain/ranking/fixture.ts';
import { below, median, type Figure } from './figures.ts';

const SAMPLE = join(import.meta.dirname, '../../resources/sample');
const CANDIDATES = 1000;
const ROUNDS = 30;

/** What a person waits for while a weight moves: one feed ranked again, and the measures of 500 requests of the sample. */
export async function benchFormula(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'stateside-bench-'));
  const pool = new WorkerPool(replayWorker, 2);
  const workspace = await foundSample(join(folder, 'sample'), SAMPLE, pool);
  const services = createServices(workspace, pool, () => {});
  try {
    const [snapshot] = await services.snapshots.list();
    const release = (await services.releases.list()).find(
      ({ manifest }) => manifest.version === 'us-2026.10.0',
    );
    const input = { release: release?.digest ?? '', snapshot: snapshot?.digest ?? '' };
    return [
      below(`${CANDIDATES} candidates ranked again, median`, median(rankedAgain()), 'ms', 16),
      below('what if on 500 requests, median', median(await whatIfs(services, input)), 'ms', 1000),
      below('worth of every weight on 500 requests', await worth(services, input), 'ms', 1000),
    ];
  } finally {
    await services.close();
    await pool.close();
    workspace.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Input {
  readonly release: string;
  readonly snapshot: string;
}

const moved = (policy: RankingPolicy, by: number): RankingPolicy => ({
  ...policy,
  heads: policy.heads.map((head) => ({ ...head, weight: head.weight + by })),
});

function rankedAgain(): number[] {
  const items = request(
    ...Array.from({ length: CANDIDATES }, (_, at) =>
      candidate(String(at), { authorId: String(at % 200), inNetwork: at % 3 === 0 ? 1 : 0 }),
    ),
  );
  const values = (scale: number) =>
    Array.from({ length: CANDIDATES }, (_, at) => ((at * 7919) % CANDIDATES) * scale);
  const made = outputs({ p_like: values(1e-3), e_play_ms: values(60), p_hate: values(1e-5).toReversed() });
  return Array.from({ length: ROUNDS }, (_, round) => {
    const policy = moved(POLICY, round / 100);
    const from = performance.now();
    rankRequest(policy, items, made, 'integer');
    return performance.now() - from;
  });
}

/** The first answer infers the requests, the others only weigh what was inferred. */
async function whatIfs({ weights }: OpenServices, input: Input): Promise<number[]> {
  const { policy } = await weights.formula({ release: input.release, against: null });
  await weights.whatIf({ ...input, policy });
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const from = performance.now();
    await weights.whatIf({ ...input, policy: moved(policy, round / 100) });
    times.push(performance.now() - from);
  }
  return times;
}

async function worth({ weights }: OpenServices, input: Input): Promise<number> {
  await weights.worth(input);
  const from = performance.now();
  await weights.worth(input);
  return performance.now() - from;
}
