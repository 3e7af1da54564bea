import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { evaluateModel } from './evaluate.ts';
import type { Exposure } from './exposures.ts';
import { FEATURES, type Example } from './features.ts';
import type { Feed } from './feeds.ts';
import { modelCard } from './model-card.ts';
import { modelOnnx } from './onnx-graph.ts';
import { policyText } from './policy-text.ts';
import type { ReleasePlan } from './releases.ts';
import { PERIODS } from './split.ts';
import { train } from './train.ts';
import { describeTrainingData } from './training-data.ts';

export interface BundleInput {
  /** Of the plan's population, from the training period. */
  readonly examples: readonly Example[];
  /** The exposures behind them and behind their features. */
  readonly exposures: readonly Exposure[];
  /** Held out, for the model card. */
  readonly feeds: readonly Feed[];
}

/** Trains a release and writes its bundle as `<folder>/<version>/`, over an older one. */
export async function writeBundle(
  folder: string,
  plan: ReleasePlan,
  { examples, exposures, feeds }: BundleInput,
): Promise<void> {
  const { manifest, training, policy } = plan;
  const root = join(folder, manifest.version);
  await rm(root, { recursive: true, force: true });
  await mkdir(root, { recursive: true });
  const write = (file: string, content: string | Uint8Array) => writeFile(join(root, file), content);
  const rows = examples.filter(({ exposure }) => exposure.day >= PERIODS.training);
  const data = describeTrainingData(exposures);
  await write('model.onnx', modelOnnx(manifest.name, train(rows, training)));
  await write('release.yaml', stringify(manifest, { lineWidth: 0 }));
  await write('policy.yaml', policyText(policy));
  await write('features.json', json(FEATURES.map(({ name }) => name)));
  await write('training-data.json', json(data));
  const evaluation = await evaluateModel(join(root, 'model.onnx'), feeds);
  const candidates = feeds.reduce((sum, feed) => sum + feed.candidates.length, 0);
  await write(
    'model-card.md',
    modelCard({ plan, data, examples: rows.length, evaluation, feeds: feeds.length, candidates }),
  );
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
