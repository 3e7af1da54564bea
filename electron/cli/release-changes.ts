import type { ReleaseChanges, ValueChange } from '../../shared/domain/release/changes.ts';
import { openBundle } from '../services/releases/bundle.ts';
import { compareReleases } from '../services/releases/changes.ts';
import { WeightsPool } from '../workers/weights-pool.ts';
import { workerFiles } from '../installed-files.ts';
import { progress } from './output.ts';
import { differenceTable, whole } from './weights-text.ts';

/** Opens two bundles and answers what differs between them. */
export async function changesBetween(before: string, after: string): Promise<ReleaseChanges> {
  const pool = new WeightsPool(workerFiles.weights);
  const first = await openBundle(before);
  try {
    const second = await openBundle(after);
    try {
      const { changes } = await compareReleases(first, second, pool, {
        signal: new AbortController().signal,
        onProgress: (done, of) => progress(`${whole(done)} of ${whole(of)} values`),
      });
      return changes;
    } finally {
      await second.dispose();
    }
  } finally {
    progress('');
    await first.dispose();
    await pool.close();
  }
}

/** The changes as a reviewer reads them: policy, tensors, features, training data, papers; and the document's digest. */
export function changesText(changes: ReleaseChanges, digest: string): string {
  const { before, after, policy, tensors, features, trainingData, papers } = changes;
  return [
    `Changes of ${after.name} ${after.version} against ${before.name} ${before.version}`,
    section(
      'Policy',
      policy.map(({ words }) => words),
    ),
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

const section = (title: string, lines: readonly string[]): string =>
  `${title}\n${indented(lines.length === 0 ? 'no difference' : lines.join('\n'))}`;

const line = ({ what, before, after }: ValueChange): string =>
  `${what}: ${before ?? 'absent'} → ${after ?? 'absent'}`;

const indented = (text: string): string => text.replaceAll(/^(?=.)/gm, '  ');
