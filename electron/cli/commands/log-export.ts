import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { refused, StatesideError } from '../../../shared/domain/error.ts';
import { exportPeriod } from '../../services/audit/export-period.ts';
import { rangeOfPeriod, type Period } from '../../services/audit/period.ts';
import { requireNoneWithheld } from '../../services/audit/withheld.ts';
import { logWithholds } from '../../services/review/seal.ts';
import { present, progress } from '../output.ts';
import { dayOrMoment, requireInOrder } from '../period.ts';
import { readerBy } from '../reader.ts';
import { withWorkspace } from '../workspace.ts';

interface Options {
  readonly from?: string;
  readonly to?: string;
  readonly out: string;
  readonly key?: string;
}

export const logExportCommand = (): Command =>
  new Command('export')
    .argument('<workspace>', 'folder')
    .option('--from <moment>', 'the first entry, for example 2026-11-01; without it, from the beginning')
    .option('--to <moment>', 'before this moment, for example 2026-12-01; without it, to the end')
    .requiredOption('--out <file>', 'where the entries go (JSON); no file that is there is overwritten')
    .option('--key <file>', 'your private key: whoever leads reads what is kept from others')
    .description(
      'write the entries of a period with the proof that all of them stand in the log, however many',
    )
    .action(async (folder: string, options: Options, command: Command) => {
      requireInOrder(options);
      const { out, key } = options;
      if (existsSync(out)) throw refused(`${out} exists already and is not overwritten; choose another name`);
      const { entries } = await withWorkspace(folder, async ({ workspace: { db }, log, roster }) => {
        const period = periodOf(options);
        const range = rangeOfPeriod(db, period);
        requireNoneWithheld(db, range, logWithholds(db, { reader: await readerBy(key, roster) }));
        return interruptible((signal) =>
          exportPeriod(
            log,
            { period, range, path: out },
            { signal, progress: told(range.last - range.first + 1) },
          ),
        );
      });
      progress('');
      present(
        command,
        { file: out, entries },
        () => `${out} holds ${entries} ${entries === 1 ? 'entry' : 'entries'} and what proves them.`,
      );
    });

const periodOf = ({ from, to }: Options): Period => ({
  from: from === undefined ? undefined : dayOrMoment(from, '--from'),
  until: to === undefined ? undefined : dayOrMoment(to, '--to'),
});

const told = (total: number) => (entries: number) => progress(`${entries} of ${total} entries`);

/** Lets an interrupted command clear away what it began. */
async function interruptible<Value>(work: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
  const stop = new AbortController();
  const interrupted = () => stop.abort(new StatesideError('cancelled', 'interrupted; nothing was written'));
  process.once('SIGINT', interrupted);
  try {
    return await work(stop.signal);
  } finally {
    process.off('SIGINT', interrupted);
  }
}
