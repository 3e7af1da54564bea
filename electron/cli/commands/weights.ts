import { Command, InvalidArgumentError } from 'commander';
import { neighbourOverlap, type Neighbour } from '../../../shared/domain/weights/neighbours.ts';
import { weightsDifference } from '../../services/weights/difference.ts';
import { nearestRows } from '../../services/weights/neighbours.ts';
import { present } from '../output.ts';
import { table } from '../table.ts';
import { differenceText, differenceTable, figure } from '../weights-text.ts';
import { course, threadCount, withWeights, type WeightsOptions } from '../with-weights.ts';
import { importanceCommand } from './importance.ts';
import { exportCommand } from './weights-export.ts';
import { statsCommand } from './weights-stats.ts';

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

function diffCommand(): Command {
  return new Command('diff')
    .description('show how every tensor of two versions differs, what changed most first')
    .argument('<before>', 'a weights file or a bundle')
    .argument('<after>', 'a later version of it')
    .option('--tensor <name>', 'only this tensor, with the rows that moved farthest')
    .option('--threads <n>', 'threads to use', threadCount)
    .action(async (before: string, after: string, options: WeightsOptions, command: Command) => {
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

function rowNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}
