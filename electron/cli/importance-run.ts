import type { Estimate, ImportanceReport } from '../../shared/domain/importance/report.ts';
import { StatesideError } from '../../shared/domain/error.ts';
import { workerFiles } from '../installed-files.ts';
import { openBundle } from '../services/releases/bundle.ts';
import { snapshotInfo } from '../services/snapshots/info.ts';
import { measureImportance } from '../services/weights/importance.ts';
import { WorkerPool } from '../workers/pool.ts';
import { progress } from './output.ts';
import { table } from './table.ts';
import { figure } from './weights-text.ts';

export interface ImportanceOptions {
  readonly against?: string;
  readonly requests: number;
  readonly repeats: number;
  readonly seed: number;
}

/** What `weights importance` prints; an interrupt ends it. */
export async function measuredImportance(
  snapshot: string,
  bundle: string,
  options: ImportanceOptions,
): Promise<ImportanceReport> {
  const { against: other, requests, repeats, seed } = options;
  const info = await snapshotInfo(snapshot);
  const release = await openBundle(bundle);
  const against = other === undefined ? null : await openBundle(other);
  const pool = new WorkerPool(workerFiles.replay);
  const abort = new AbortController();
  const interrupt = (): void =>
    abort.abort(new StatesideError('cancelled', 'The measurement was cancelled; nothing of it was kept.'));
  process.once('SIGINT', interrupt);
  try {
    return await measureImportance({
      ...{ pool, snapshot: info, release, against, settings: { requests, repeats, seed } },
      signal: abort.signal,
      onProgress: (done, of) => progress(done === of ? '' : `${done} of ${of} features`),
    });
  } finally {
    process.off('SIGINT', interrupt);
    await pool.close();
    await release.dispose();
    await against?.dispose();
  }
}

export function importanceText({ heads, requests, candidates, against }: ImportanceReport): string {
  const parts = heads.map(({ head, signal, observed, features }) => {
    const rows = features
      .toSorted((a, b) => b.own.movement.value - a.own.movement.value)
      .map(({ feature, own, change }) =>
        [
          [feature, sure(own.movement), own.loss === null ? '–' : sure(own.loss)],
          against === null ? [] : [change === null ? '–' : sure(change.movement)],
        ].flat(),
      );
    const heading = [
      'feature',
      'movement',
      'squared error',
      ...(against === null ? [] : ['change of movement']),
    ];
    const held = signal === null ? 'nothing observed to hold it against' : `${observed} candidates observed`;
    return `${head} (${held})\n${table([heading, ...rows])}`;
  });
  return [`On ${requests} requests, ${candidates} candidates`, ...parts].join('\n\n');
}

const sure = ({ value, interval }: Estimate): string =>
  interval === null
    ? figure(value)
    : `${figure(value)} (${figure(interval.lower)} to ${figure(interval.upper)})`;
