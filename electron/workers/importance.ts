import {
  differenceOf,
  drawRatio,
  estimateOf,
  type DrawnRatio,
} from '../../shared/domain/importance/estimate.ts';
import {
  addShuffled,
  permutation,
  permuteColumn,
  type HeadSample,
} from '../../shared/domain/importance/permutation.ts';
import type {
  FeatureImportance,
  Importance,
  ImportanceSettings,
} from '../../shared/domain/importance/report.ts';
import { drawRequests } from '../services/replay/draw.ts';
import type { Ranker } from '../services/replay/ranker.ts';
import { readSample, runModel, type ImportanceSample } from '../services/weights/importance-sample.ts';
import { enveloped } from './envelope.ts';
import { openedRanker, openedSnapshot } from './opened.ts';

interface Task {
  readonly snapshot: { readonly path: string; readonly digest: string };
  readonly settings: ImportanceSettings;
}

export interface FeatureTask extends Task {
  /** The column to shuffle. */
  readonly feature: number;
  readonly release: Ranker;
  readonly against: Ranker | null;
}

/** What the sample came to; `observed` counts candidates by signal. */
export interface SampleSize {
  readonly requests: number;
  readonly candidates: number;
  readonly observed: Readonly<Record<string, number>>;
}

const IDS_AT_ONCE = 100_000;

/** The sample that the tasks of one measurement share; the last one is kept. */
let kept: { readonly key: string; readonly sample: Promise<ImportanceSample> } | null = null;

function sampleOf({ snapshot, settings }: Task): Promise<ImportanceSample> {
  const key = `${snapshot.digest} ${snapshot.path} ${settings.requests} ${settings.seed}`;
  if (kept?.key !== key) kept = { key, sample: read(snapshot, settings) };
  kept.sample.catch(() => (kept = null));
  return kept.sample;
}

async function read(snapshot: Task['snapshot'], settings: ImportanceSettings): Promise<ImportanceSample> {
  const reader = await openedSnapshot(snapshot.path, snapshot.digest);
  function* blocks(): Generator<string[]> {
    for (let offset = 0; offset < reader.requestCount; offset += IDS_AT_ONCE)
      yield reader.requestIdsBlock(offset, IDS_AT_ONCE);
  }
  return readSample(reader, drawRequests(blocks(), settings.requests, settings.seed));
}

export const importanceSample = enveloped(async (task: Task): Promise<SampleSize> => {
  const { ends, signals } = await sampleOf(task);
  const observed = [...signals].map(([name, seen]) => [
    name,
    seen.filter((value) => !Number.isNaN(value)).length,
  ]);
  return { requests: ends.length, candidates: ends.at(-1) ?? 0, observed: Object.fromEntries(observed) };
});

/** How much each head of a release leans on one feature, beside another release; by the release's heads in order. */
export const featureImportance = enveloped(
  async (task: FeatureTask): Promise<Omit<FeatureImportance, 'feature'>[]> => {
    const sample = await sampleOf(task);
    const own = await measured(task.release, sample, task);
    const former = task.against === null ? null : await measured(task.against, sample, task);
    return task.release.policy.heads.map(({ name }) => {
      const here = own.get(name);
      const there = former?.get(name);
      if (here === undefined) throw new RangeError(`head ${name} was not measured`);
      return {
        own: importanceOf(here),
        former: there === undefined ? null : importanceOf(there),
        change: there === undefined ? null : changeOf(here, there),
      };
    });
  },
);

interface Drawn {
  readonly movement: DrawnRatio;
  readonly loss: DrawnRatio | null;
}

const importanceOf = ({ movement, loss }: Drawn): Importance => ({
  movement: estimateOf(movement),
  loss: loss === null ? null : estimateOf(loss),
});

const changeOf = (here: Drawn, there: Drawn): Importance => ({
  movement: differenceOf(here.movement, there.movement),
  loss: here.loss === null || there.loss === null ? null : differenceOf(here.loss, there.loss),
});

/** By head of a ranker: what shuffling the task's feature does to it. */
async function measured(
  ranker: Ranker,
  sample: ImportanceSample,
  { feature, settings: { repeats, seed } }: FeatureTask,
): Promise<Map<string, Drawn>> {
  const { model, policy } = await openedRanker(ranker);
  const { features, columns, ends, signals } = sample;
  const outputs = await runModel(model, features, columns);
  const heads = policy.heads.map(({ name, output, kind }) => {
    const head: HeadSample = {
      outputs: outputs.get(output) ?? new Float32Array(0),
      observed: kind === 'probability' ? (signals.get(name) ?? null) : null,
    };
    const sums = { movement: new Float64Array(ends.length), loss: new Float64Array(ends.length) };
    return { name, output, head, sums };
  });
  const shuffled = features.slice();
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    permuteColumn(
      shuffled,
      features,
      columns,
      feature,
      permutation(features.length / columns, seed, feature, repeat),
    );
    const after = await runModel(model, shuffled, columns);
    for (const { output, head, sums } of heads)
      addShuffled(sums, head, after.get(output) ?? new Float32Array(0), ends, repeats);
  }
  const drawn = new Map<string, Drawn>();
  for (const { name, head, sums } of heads) {
    const movement = drawRatio({ sums: sums.movement, counts: counted(ends, null) }, seed);
    if (movement === null) throw new RangeError('the sample has no candidates');
    const seen = head.observed === null ? null : counted(ends, head.observed);
    drawn.set(name, {
      movement,
      loss: seen === null ? null : drawRatio({ sums: sums.loss, counts: seen }, seed),
    });
  }
  return drawn;
}

/** Candidates of each request; of those with something observed where that is given. */
function counted(ends: readonly number[], observed: Float32Array | null): Float64Array {
  let from = 0;
  return Float64Array.from(ends, (end) => {
    const part = observed?.subarray(from, end).filter((value) => !Number.isNaN(value)).length ?? end - from;
    from = end;
    return part;
  });
}
