import { Command } from 'commander';
import type { FeedSide, ItemArithmetic } from '../../../shared/contract/replay.ts';
import { openSnapshot } from '../../database/snapshot/open.ts';
import { openBundle } from '../../services/releases/bundle.ts';
import { describeItems, describeRequest, explainFeed } from '../../services/replay/feed.ts';
import { requireFit } from '../../services/replay/fit.ts';
import { rankerOf, refOf } from '../../services/replay/ranker.ts';
import { openModel } from '../../workers/model.ts';
import { present } from '../output.ts';
import { table } from '../table.ts';

export function rankCommand(): Command {
  return new Command('rank')
    .description("show one request's feed, with every item's arithmetic")
    .argument('<snapshot>', 'a .snapshot.sqlite file')
    .argument('<bundle>', 'a release: a folder or a .zip of one')
    .requiredOption('--request <id>', 'the request to rank')
    .action(
      async (
        snapshot: string,
        bundlePath: string,
        { request: id }: { request: string },
        command: Command,
      ) => {
        const bundle = await openBundle(bundlePath);
        const reader = openSnapshot(snapshot);
        try {
          requireFit(reader, bundle);
          const request = reader.request(id);
          const model = await openModel(bundle.modelPath, { threads: 1 });
          const feed = await explainFeed(reader, request, { ...rankerOf(bundle), model }, refOf(bundle));
          await model.close();
          const described = { request: describeRequest(request), items: describeItems(reader, request) };
          present(command, { ...described, feed }, () => feedText(id, feed));
        } finally {
          reader.close();
          await bundle.dispose();
        }
      },
    );
}

function feedText(request: string, { ranker, topK, items }: FeedSide): string {
  const heads = items[0]?.heads.map(({ name }) => name) ?? [];
  const heading = ['place', 'item', 'score', 'base', ...heads, 'multipliers, diversity'];
  const shown = items.filter(({ position }) => position !== null).length;
  return [
    `Request ${request} ranked by ${ranker.name} ${ranker.version}: ${shown} of ${items.length} candidates shown (top ${topK}).`,
    `Under each head stands its contribution, weight × value; they sum to base.`,
    '',
    table([heading, ...items.map(itemRow)]),
  ].join('\n');
}

function itemRow(item: ItemArithmetic): string[] {
  const steps = [...item.multipliers, ...(item.diversity === null ? [] : [item.diversity])];
  const notes = steps.map(({ name, factor }) => `${name} ×${figure(factor)}`);
  if (item.removedBy !== null) notes.push(`removed by ${item.removedBy}`);
  else if (item.position === null) notes.push(`cut (rank ${item.rank})`);
  return [
    item.position?.toString() ?? '',
    item.itemId,
    figure(item.finalScore),
    figure(item.baseScore),
    ...item.heads.map(({ contribution }) => figure(contribution)),
    notes.join(', '),
  ];
}

const figure = (value: number): string => value.toFixed(4);
