import type { KeptFeed } from '../../shared/contract/weights.ts';
import { worthOf, type FormulaWorth } from '../../shared/domain/formula/worth.ts';
import type { RankingPolicy } from '../../shared/domain/ranking/policy.ts';
import type { Measure } from '../../shared/domain/replay/report.ts';
import { drawRequests } from '../services/replay/draw.ts';
import type { Ranker } from '../services/replay/ranker.ts';
import { FormulaSample } from '../services/weights/formula-sample.ts';
import { enveloped } from './envelope.ts';
import { openedRanker, openedSnapshot } from './opened.ts';

interface SnapshotFile {
  readonly path: string;
  readonly digest: string;
}

interface SampleTask {
  readonly snapshot: SnapshotFile;
  readonly ranker: Ranker;
}

const SAMPLE_REQUESTS = 500;
const SEED = 1;
const IDS_AT_ONCE = 100_000;
/** Enough for a release and its parent. */
const KEPT_SAMPLES = 2;

const ids = new Map<string, string[]>();
const samples = new Map<string, Promise<FormulaSample>>();

async function idsOf(snapshot: SnapshotFile): Promise<string[]> {
  const known = ids.get(snapshot.digest);
  if (known !== undefined) return known;
  const reader = await openedSnapshot(snapshot.path, snapshot.digest);
  function* blocks(): Generator<string[]> {
    for (let offset = 0; offset < reader.requestCount; offset += IDS_AT_ONCE)
      yield reader.requestIdsBlock(offset, IDS_AT_ONCE);
  }
  const drawn = drawRequests(blocks(), SAMPLE_REQUESTS, SEED);
  ids.set(snapshot.digest, drawn);
  return drawn;
}

/** The sample of a snapshot through a ranker's model, read and inferred when it is first asked for. */
async function sampleOf({
  snapshot,
  ranker,
}: SampleTask): Promise<{ sample: FormulaSample; policy: RankingPolicy }> {
  const { model, policy } = await openedRanker(ranker);
  const key = `${snapshot.digest} ${ranker.modelSha256}`;
  let sample = samples.get(key);
  if (sample === undefined) {
    const reader = await openedSnapshot(snapshot.path, snapshot.digest);
    sample = FormulaSample.infer(reader, model, await idsOf(snapshot));
    samples.set(key, sample);
    sample.catch(() => samples.delete(key));
    for (const oldest of samples.keys()) if (samples.size > KEPT_SAMPLES) samples.delete(oldest);
  }
  return { sample: await sample, policy };
}

export const sampleIds = enveloped(({ snapshot }: { snapshot: SnapshotFile }): Promise<string[]> =>
  idsOf(snapshot),
);

export const formulaWorth = enveloped(async (task: SampleTask): Promise<FormulaWorth> => {
  const { sample, policy } = await sampleOf(task);
  return worthOf(policy, sample.kept(policy));
});

/** Share of the feeds that each of `policies` changes within `depth`, against the ranker's own. */
export const feedsChanged = enveloped(
  async (task: SampleTask & { policies: readonly RankingPolicy[]; depth: number }) => {
    const { sample, policy } = await sampleOf(task);
    const shares = task.policies.map((other) => sample.feedsChanged(policy, other, task.depth));
    return { requests: sample.requests, shares };
  },
);

export const whatIf = enveloped(
  async (
    task: SampleTask & { policy: RankingPolicy },
  ): Promise<{ requests: number; measures: Measure[] }> => {
    const { sample, policy } = await sampleOf(task);
    return { requests: sample.requests, measures: sample.measures(policy, task.policy) };
  },
);

export const keptFeed = enveloped(
  async ({ snapshot, ranker, requestId }: SampleTask & { requestId: string }): Promise<KeptFeed> => {
    const reader = await openedSnapshot(snapshot.path, snapshot.digest);
    const { model } = await openedRanker(ranker);
    const { user, candidates, features } = reader.request(requestId);
    const outputs = await model.run(features, candidates.length);
    return {
      request: {
        requestId,
        user: { ...user },
        candidates: candidates.map(({ item, ...candidate }) =>
          Object.assign(candidate, { item: { ...item, labels: [...item.labels] } }),
        ),
      },
      idOrder: reader.idOrder,
      outputs: [...outputs].map(([name, values]) => ({ name, values: Array.from(values) })),
    };
  },
);
