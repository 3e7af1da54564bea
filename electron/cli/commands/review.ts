import { Command } from 'commander';
import { badInput } from '../../../shared/domain/error.ts';
import { requireNoneKeptBack } from '../../services/review/seal.ts';
import { writeReasons } from '../../services/review/reasons.ts';
import { present, progress } from '../output.ts';
import { withWorkspace } from '../workspace.ts';
import { exchangeCommands } from './review-exchange.ts';

interface Reasons {
  readonly from: string;
  readonly to: string;
  readonly out: string;
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
    .description('write a statement of reasons for every restriction of a period, however many there are')
    .action(async (folder: string, options: Reasons, command: Command) => {
      const [from, to] = [moment(options.from, '--from'), moment(options.to, '--to')];
      if (from >= to)
        throw badInput(`--from ${options.from} is not before --to ${options.to}; exchange them`);
      const form = formOf(options.out);
      const statements = await withWorkspace(folder, async ({ workspace: { db } }) => {
        requireNoneKeptBack(db, from, to, '');
        return writeReasons({ db, from, to }, form, options.out, {
          progress: (count) => progress(`${count} statements`),
        });
      });
      progress('');
      present(
        command,
        { file: options.out, statements },
        () => `${options.out} holds ${statements} statements.`,
      );
    });
  exchangeCommands(review);
  return review;
}

function moment(text: string, option: string): string {
  const at = Date.parse(text);
  if (Number.isNaN(at) || !/^\d{4}-\d{2}-\d{2}/.test(text))
    throw badInput(`${option} ${text} is not a day or moment, such as 2026-11-01 or 2026-11-01T08:00:00Z`);
  return new Date(at).toISOString();
}

function formOf(path: string): 'csv' | 'json' {
  if (path.endsWith('.csv')) return 'csv';
  if (path.endsWith('.json')) return 'json';
  throw badInput(`--out ${path} must end in .csv or .json, which says in which form the statements go`);
}
