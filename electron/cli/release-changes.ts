import type { ReleaseChanges, ValueChange } from '../../shared/domain/release/changes.ts';
import type { SnapshotInfo } from '../../shared/domain/snapshot/meta.ts';
import { openBundle, type Bundle } from '../services/releases/bundle.ts';
import { compareReleases } from '../services/releases/changes.ts';
import { snapshotInfo } from '../services/snapshots/info.ts';
import { policyEffects, type PolicyEffects } from '../services/weights/policy-effects.ts';
import { WorkerPool } from '../workers/pool.ts';
import { WeightsPool } from '../workers/weights-pool.ts';
import { workerFiles } from '../installed-files.ts';
import { progress } from './output.ts';
import { differenceTable, whole } from './weights-text.ts';

interface Found {
  readonly changes: ReleaseChanges;
  /** Of the changes of policy, on a snapshot; null where none was named. */
  readonly effects: PolicyEffects | null;
}

/** Opens two bundles and answers what differs between them, and what the changes of policy do to a snapshot's feeds. */
export async function changesBetween(
  before: string,
  after: string,
  snapshot: string | null = null,
): Promise<Found> {
  const info = snapshot === null ? null : await snapshotInfo(snapshot);
  const pool = new WeightsPool(workerFiles.weights);
  const first = await openBundle(before);
  try {
    const second = await openBundle(after);
    try {
      const { changes } = await compareReleases(first, second, pool, {
        signal: new AbortController().signal,
        onProgress: (done, of) => progress(`${whole(done)} of ${whole(of)} values`),
      });
      return { changes, effects: info === null ? null : await effectsOn(info, first, second) };
    } finally {
      await second.dispose();
    }
  } finally {
    progress('');
    await first.dispose();
    await pool.close();
  }
}

async function effectsOn(snapshot: SnapshotInfo, first: Bundle, second: Bundle): Promise<PolicyEffects> {
  const pool = new WorkerPool(workerFiles.replay);
  try {
    return await policyEffects(pool, second, first.policy, snapshot);
  } finally {
    await pool.close();
  }
}

/** The changes as a reviewer reads them: policy, tensors, features, training data, papers; and the document's digest. */
export function changesText({ changes, effects }: Found, digest: string): string {
  const { before, after, policy, tensors, features, trainingData, papers } = changes;
  return [
    `Changes of ${after.name} ${after.version} against ${before.name} ${before.version}`,
    section(
      'Policy',
      policy.map(({ words }, at) =>
        [words, feedsWords(effects, effects?.single[at] ?? null)].filter((part) => part !== '').join('; '),
      ),
    ),
    ...(effects === null || effects.all === null
      ? []
      : [`  All of it, on ${effects.requests} requests: ${feedsWords(effects, effects.all)}`]),
    `Tensors\n${indented(differenceTable(tensors.different, tensors.compared))}`,
    section('Features', features.map(line)),
    section(
      'Training data',
      trainingData.map(({ name, status, fields }) =>
        [`${name}: ${status}`, ...fields.map((each) => `  ${line(each)}`)].join('\n'),
      ),
    ),
    section('Papers', [
      ...papers.manifest.map(line),
      ...papers.modelCard.map(
        ({ kind, line: at, text }) => `model card ${at} ${kind === 'added' ? '+' : '−'} ${text}`,
      ),
    ]),
    `Digest ${digest}`,
  ].join('\n\n');
}

const feedsWords = (effects: PolicyEffects | null, share: number | null): string =>
  effects === null || share === null
    ? ''
    : `${(100 * share).toFixed(0)} % of feeds change in the top ${effects.depth}`;

const section = (title: string, lines: readonly string[]): string =>
  `${title}\n${indented(lines.length === 0 ? 'no difference' : lines.join('\n'))}`;

const line = ({ what, before, after }: ValueChange): string =>
  `${what}: ${before ?? 'absent'} → ${after ?? 'absent'}`;

const indented = (text: string): string => text.replaceAll(/^(?=.)/gm, '  ');
