import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServices, type OpenServices } from '../../electron/services/services.ts';
import { foundSample } from '../../electron/services/workspace/found-sample.ts';
import { WorkerPool } from '../../electron/workers/pool.ts';
import { prepare, reorder } from '../../renderer/features/weights/what-if/reorder.ts';
import { KeptFeed } from '../../shared/contract/weights.ts';
import { dialsOf, turned } from '../../shared/domain/formula/dials.ts';
import type { RankingPolicy } from '../../shared/domain/ranking/policy.ts';
import { replayWorker } from '../fixtures/replay/made.ts';
import { candidate, POLICY, request } from '../unit/domain/ranking/fixture.ts';
import { below, median, type Figure } from './figures.ts';

const SAMPLE = join(import.meta.dirname, '../../resources/sample');
const CANDIDATES = 1000;
/** Each dial is turned so many times. */
const TURNS = 10;

/** What a person waits for while a dial moves: one feed reordered, and the measures of 500 requests of the sample. */
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
    const again = reordered();
    return [
      below(`${CANDIDATES} candidates reordered, median of all dials`, median(again.flat()), 'ms', 16),
      below(`${CANDIDATES} candidates reordered, slowest dial`, Math.max(...again.map(median)), 'ms', 16),
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

/** What the window does while a dial moves, but for drawing: by dial of a policy with every kind of them, the times of its turns. */
function reordered(): number[][] {
  const items = request(
    ...Array.from({ length: CANDIDATES }, (_, at) =>
      candidate(String(at), { authorId: String(at % 200), inNetwork: at % 3 === 0 ? 1 : 0 }),
    ),
  );
  const values = (scale: number) =>
    Array.from({ length: CANDIDATES }, (_, at) => ((at * 7919) % CANDIDATES) * scale);
  const kept = KeptFeed.parse({
    request: items,
    idOrder: 'integer',
    outputs: [
      { name: 'p_like', values: values(1e-3) },
      { name: 'e_play_ms', values: values(60) },
      { name: 'p_hate', values: values(1e-5).toReversed() },
    ],
    captions: items.candidates.map(() => ''),
  });
  const own = { ...POLICY, top_k: CANDIDATES };
  const prepared = prepare(kept, own);
  return dialsOf(own, own)
    .filter((dial) => dial.kind === 'number')
    .map(({ id, value, from, to }) =>
      Array.from({ length: TURNS }, (_, turn) => {
        const policy = turned(own, id, (value ?? from) + ((to - from) * (turn + 1)) / (20 * TURNS));
        const start = performance.now();
        reorder(prepared, policy);
        return performance.now() - start;
      }),
    );
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
