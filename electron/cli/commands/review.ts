import { Command } from 'commander';
import { badInput, refused } from '../../../shared/domain/error.ts';
import { keptBackBetween } from '../../database/review/sealed.ts';
import { writeReasons } from '../../services/review/reasons.ts';
import { present, progress } from '../output.ts';
import { dayOrMoment, requireInOrder } from '../period.ts';
import { readerBy, remedyOf } from '../reader.ts';
import { withWorkspace } from '../workspace.ts';
import { exchangeCommands } from './review-exchange.ts';

interface Reasons {
  readonly from: string;
  readonly to: string;
  readonly out: string;
  readonly key?: string;
  readonly partial: boolean;
}

export function reviewCommand(): Command {
  const review = new Command('review').description(
    'hand on what reviewers of a workspace decided, and take in what others did',
  );
  review
    .command('reasons')
    .argument('<workspace>', 'folder')
    .requiredOption('--from <moment>', 'the first decision, for example 2026-11-01')
    .requiredOption('--to <moment>', 'before this moment, for example 2026-12-01')
    .requiredOption('--out <file>', 'where the statements go; .csv or .json says in which form')
    .option(
      '--key <file>',
      'your private key: whoever leads, or has judged a blind feed, reads what is kept from others',
    )
    .option(
      '--partial',
      'leave out what is kept from you, and say how much that is, instead of refusing',
      false,
    )
    .description('write a statement of reasons for every restriction of a period, however many there are')
    .action(async (folder: string, options: Reasons, command: Command) => {
      requireInOrder(options);
      const [from, to] = [dayOrMoment(options.from, '--from'), dayOrMoment(options.to, '--to')];
      const form = formOf(options.out);
      const { partial, out, key } = options;
      const written = await withWorkspace(folder, async ({ workspace: { db }, roster }) => {
        const reader = await readerBy(key, roster);
        if (!partial) requireAll(keptBackBetween(db, from, to, reader), key);
        return writeReasons(db, { from, to, reader, partial }, form, out, {
          progress: (count) => progress(`${count} statements`),
        });
      });
      progress('');
      const { statements, withheld } = written;
      present(command, { file: out, ...written }, () =>
        [
          `${out} holds ${statements} ${statements === 1 ? 'statement' : 'statements'}.`,
          ...(withheld === 0 ? [] : [withheldBecause(withheld, key)]),
        ].join('\n'),
      );
    });
  exchangeCommands(review);
  return review;
}

const withheldBecause = (withheld: number, key: string | undefined): string =>
  `Withheld: ${counted(withheld)} on feeds that are still judged blind; to have them too, ${remedyOf(key)}.`;

/** Refuses a period that would not be whole, with what there is to do about it here. */
function requireAll(withheld: number, key: string | undefined): void {
  if (withheld === 0) return;
  throw refused(
    `nothing is written, because ${counted(withheld)} of the period on feeds that are still judged blind would be withheld; ${remedyOf(key)}, or take what is left with --partial`,
  );
}

const counted = (decisions: number): string => `${decisions} ${decisions === 1 ? 'decision' : 'decisions'}`;

function formOf(path: string): 'csv' | 'json' {
  if (path.endsWith('.csv')) return 'csv';
  if (path.endsWith('.json')) return 'json';
  throw badInput(`--out ${path} must end in .csv or .json, which says in which form the statements go`);
}
