import { Command, InvalidArgumentError } from 'commander';
import type { Estimate, ImportanceReport } from '../../../shared/domain/importance/report.ts';
import { StatesideError } from '../../../shared/domain/error.ts';
import { workerFiles } from '../../installed-files.ts';
import { openBundle } from '../../services/releases/bundle.ts';
import { snapshotInfo } from '../../services/snapshots/info.ts';
import { IMPORTANCE_SETTINGS, measureImportance } from '../../services/weights/importance.ts';
import { WorkerPool } from '../../workers/pool.ts';
import { present, progress } from '../output.ts';
import { table } from '../table.ts';
import { figure } from '../weights-text.ts';

interface Options {
  readonly against?: string;
  readonly requests: number;
  readonly repeats: number;
  readonly seed: number;
}

export function importanceCommand(): Command {
  const { requests, repeats, seed } = IMPORTANCE_SETTINGS;
  return new Command('importance')
    .description(
      'measure which features matter to each head: permutation importance on requests of a snapshot',
    )
    .argument('<snapshot>', 'a snapshot file')
    .argument('<bundle>', 'a release bundle')
    .option('--against <bundle>', 'an earlier release, measured on the same shuffles')
    .option('--requests <n>', 'requests to draw', whole(1, 100_000), requests)
    .option('--repeats <n>', 'how often each column is shuffled', whole(1, 100), repeats)
    .option('--seed <n>', 'of the draw and the shuffles', whole(0, 2 ** 31 - 1), seed)
    .action(async (snapshot: string, bundle: string, options: Options, command: Command) => {
      const report = await measured(snapshot, bundle, options);
      present(command, report, () => importanceText(report));
    });
}

async function measured(snapshot: string, bundle: string, options: Options): Promise<ImportanceReport> {
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

function importanceText({ heads, requests, candidates, against }: ImportanceReport): string {
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

function whole(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
  };
}
