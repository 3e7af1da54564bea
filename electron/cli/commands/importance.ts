import { Command } from 'commander';
import { IMPORTANCE_SETTINGS } from '../../../shared/domain/importance/settings.ts';
import type { ImportanceOptions } from '../importance-run.ts';
import { whole } from '../arguments.ts';
import { present } from '../output.ts';

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
    .action(async (snapshot: string, bundle: string, options: ImportanceOptions, command: Command) => {
      const { importanceText, measuredImportance } = await import('../importance-run.ts');
      const report = await measuredImportance(snapshot, bundle, options);
      present(command, report, () => importanceText(report));
    });
}
