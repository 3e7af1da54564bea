import { Command } from 'commander';
import { anomalies } from '../../../shared/domain/weights/anomalies.ts';
import type { TensorStatistics } from '../../../shared/domain/weights/statistics.ts';
import { eachStatistics, weightsStatistics } from '../../services/weights/statistics.ts';
import { presentList } from '../output.ts';
import { statisticsTable, statisticsText, totals } from '../statistics-text.ts';
import { course, threadCount, withWeights, type WeightsOptions } from '../with-weights.ts';

interface StatsOptions extends WeightsOptions {
  readonly quick?: boolean;
}

/** `weights stats`: what is known of the values of every tensor. */
export function statsCommand(): Command {
  return new Command('stats')
    .description('show type, shape and statistics of every tensor, suspicious ones first')
    .argument('<path>', 'a weights file or a bundle')
    .option('--tensor <name>', 'only this tensor, in full')
    .option('--quick', 'without quantiles and histograms, in half the time')
    .option('--threads <n>', 'threads to use', threadCount)
    .addHelpText('after', '\nWith --json tensors come as they are found, in the order of the file.')
    .action((path: string, options: StatsOptions, command: Command) =>
      withWeights([path], options, ([tensors = []], pool) => {
        const walk = [tensors, pool, course(), options.quick !== true] as const;
        const items = judged(eachStatistics(...walk));
        const value = { path, totals: totals(tensors) };
        return presentList(command, value, { name: 'tensors', items }, async () =>
          options.tensor === undefined
            ? statisticsTable(tensors, eachStatistics(...walk))
            : (await weightsStatistics(...walk)).map(statisticsText).join('\n\n'),
        );
      }),
    );
}

async function* judged(found: AsyncIterable<TensorStatistics>): AsyncGenerator<object> {
  for await (const statistics of found) yield { ...statistics, anomalies: anomalies(statistics) };
}
