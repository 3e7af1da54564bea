import { openBundle } from '../services/releases/bundle.ts';
import {
  releaseDifference,
  type ReleaseDifference,
  type ValueChange,
} from '../services/releases/difference.ts';
import { WeightsPool } from '../workers/weights-pool.ts';
import { progress } from './output.ts';
import { differenceTable, whole } from './weights-text.ts';
import { workerFiles } from '../installed-files.ts';

/** Opens two bundles and answers what differs between them. */
export async function compareReleases(before: string, after: string): Promise<ReleaseDifference> {
  const pool = new WeightsPool(workerFiles.weights);
  const first = await openBundle(before);
  try {
    const second = await openBundle(after);
    try {
      return await releaseDifference(first, second, pool, {
        signal: new AbortController().signal,
        onProgress: (done, of) => progress(`${whole(done)} of ${whole(of)} values`),
      });
    } finally {
      await second.dispose();
    }
  } finally {
    progress('');
    await first.dispose();
    await pool.close();
  }
}

/** The difference as a reviewer reads it: policy, tensors, features, training data, papers. */
export function releaseDifferenceText(difference: ReleaseDifference): string {
  const { policy, tensors, features, trainingData, papers } = difference;
  return [
    section('Policy', policy),
    `Tensors\n${indented(differenceTable(tensors))}`,
    section('Features', features),
    section('Training data', trainingData),
    section('Papers', papers),
  ].join('\n\n');
}

const section = (title: string, changes: readonly ValueChange[]): string =>
  `${title}\n${indented(changes.length === 0 ? 'no difference' : changes.map(line).join('\n'))}`;

const line = ({ what, before, after }: ValueChange): string =>
  `${what}: ${before ?? 'absent'} → ${after ?? 'absent'}`;

const indented = (text: string): string => text.replaceAll(/^(?=.)/gm, '  ');
