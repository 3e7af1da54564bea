import { Command, InvalidArgumentError } from 'commander';
import { badInput } from '../../../shared/domain/error.ts';
import { anomalies, anomaliesOf, gravity } from '../../../shared/domain/weights/anomalies.ts';
import { neighbourOverlap, type Neighbour } from '../../../shared/domain/weights/neighbours.ts';
import type { TensorStatistics } from '../../../shared/domain/weights/statistics.ts';
import { weightsDifference } from '../../services/weights/difference.ts';
import { nearestRows } from '../../services/weights/neighbours.ts';
import { openWeights, type OpenWeights } from '../../services/weights/open-weights.ts';
import { weightsStatistics } from '../../services/weights/statistics.ts';
import type { StoredTensor } from '../../services/weights/stored-tensor.ts';
import { WeightsPool } from '../../workers/weights-pool.ts';
import { present, progress } from '../output.ts';
import { exportCommand } from './weights-export.ts';
import { importanceCommand } from './importance.ts';
import { table } from '../table.ts';
import { statisticsTable, statisticsText, totals } from '../statistics-text.ts';
import { differenceText, differenceTable, figure, whole } from '../weights-text.ts';
import { workerFiles } from '../../installed-files.ts';

interface Options {
  readonly tensor?: string;
  readonly threads?: number;
}

interface StatsOptions extends Options {
  readonly quick?: boolean;
}

interface NeighbourOptions {
  readonly tensor: string;
  readonly row: number;
  readonly count: number;
}

export function weightsCommand(): Command {
  return new Command('weights')
    .description('look into the tensors of .safetensors and .onnx files and of release bundles')
    .addCommand(statsCommand())
    .addCommand(exportCommand())
    .addCommand(diffCommand())
    .addCommand(neighboursCommand())
    .addCommand(importanceCommand());
}

function statsCommand(): Command {
  return new Command('stats')
    .description('show type, shape and statistics of every tensor, suspicious ones first')
    .argument('<path>', 'a weights file or a bundle')
    .option('--tensor <name>', 'only this tensor, in full')
    .option('--quick', 'without quantiles and histograms, in half the time')
    .option('--threads <n>', 'threads to use', threadCount)
    .action(async (path: string, options: StatsOptions, command: Command) => {
      const found = await withWeights([path], options, ([tensors = []], pool) =>
        weightsStatistics(tensors, pool, course(), options.quick !== true),
      );
      const ordered = found.toSorted((left, right) => gravityOf(left) - gravityOf(right));
      const judged = ordered.map((statistics) => ({ ...statistics, anomalies: anomalies(statistics) }));
      const value = { path, totals: totals(found), tensors: judged };
      present(command, value, () =>
        options.tensor === undefined ? statisticsTable(ordered) : ordered.map(statisticsText).join('\n\n'),
      );
    });
}

function diffCommand(): Command {
  return new Command('diff')
    .description('show how every tensor of two versions differs, what changed most first')
    .argument('<before>', 'a weights file or a bundle')
    .argument('<after>', 'a later version of it')
    .option('--tensor <name>', 'only this tensor, with the rows that moved farthest')
    .option('--threads <n>', 'threads to use', threadCount)
    .action(async (before: string, after: string, options: Options, command: Command) => {
      const tensors = await withWeights([before, after], options, ([first = [], second = []], pool) =>
        weightsDifference(first, second, pool, course()),
      );
      present(command, { before, after, tensors }, () =>
        options.tensor === undefined ? differenceTable(tensors) : tensors.map(differenceText).join('\n\n'),
      );
    });
}

function neighboursCommand(): Command {
  return new Command('neighbours')
    .description('find the rows of an embedding table nearest to one row, by cosine, exact')
    .argument('<path>', 'a weights file or a bundle')
    .argument('[after]', 'a later version: how many of the nearest stay the same')
    .requiredOption('--tensor <name>', 'the table')
    .requiredOption('--row <n>', 'the row, from 0', rowNumber)
    .option('--count <n>', 'how many', threadCount, 10)
    .action(async (path: string, after: string | undefined, options: NeighbourOptions, command: Command) => {
      const paths = after === undefined ? [path] : [path, after];
      const [before = [], later = null] = await withWeights(
        paths,
        { tensor: options.tensor },
        async (files, pool) => {
          const found: Neighbour[][] = [];
          for (const [tensor] of files)
            found.push(
              tensor === undefined
                ? []
                : await nearestRows(tensor, options.row, options.count, pool, course().signal),
            );
          return found;
        },
      );
      const overlap = later === null ? null : neighbourOverlap(before, later);
      present(command, { path, after: after ?? null, before, later, overlap }, () =>
        [
          neighboursText(path, before),
          ...(later === null ? [] : [neighboursText(after ?? '', later), `overlap ${figure(overlap)}`]),
        ].join('\n\n'),
      );
    });
}

const neighboursText = (path: string, nearest: readonly Neighbour[]): string =>
  [
    path,
    table([['row', 'cosine'], ...nearest.map(({ row, cosine }) => [String(row), cosine.toFixed(6)])]),
  ].join('\n');

async function withWeights<Value>(
  paths: readonly string[],
  { tensor, threads }: Options,
  use: (tensors: StoredTensor[][], pool: WeightsPool) => Promise<Value>,
): Promise<Value> {
  const open: OpenWeights[] = [];
  const pool = new WeightsPool(workerFiles.weights, threads);
  try {
    for (const path of paths) open.push(await openWeights(path));
    const chosen = open.map(({ tensors }) =>
      tensors.filter(({ name }) => tensor === undefined || name === tensor),
    );
    if (tensor !== undefined && chosen.every((tensors) => tensors.length === 0))
      throw badInput(
        `${paths.join(' and ')} hold${paths.length === 1 ? 's' : ''} no tensor "${tensor}"; list the names with weights stats.`,
      );
    return await use(chosen, pool);
  } finally {
    progress('');
    await pool.close();
    for (const weights of open) await weights.dispose();
  }
}

const course = () => ({
  signal: new AbortController().signal,
  onProgress: (done: number, of: number) => progress(`${whole(done)} of ${whole(of)} values`),
});

function threadCount(text: string): number {
  const count = Number(text);
  if (!/^\d{1,3}$/.test(text) || count < 1)
    throw new InvalidArgumentError('It must be a whole number above 0.');
  return count;
}

function rowNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

const gravityOf = (statistics: TensorStatistics): number =>
  gravity(anomaliesOf(statistics).map(({ kind }) => kind));
