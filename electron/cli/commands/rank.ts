import { Command } from 'commander';
import type { FeedAttribution, FeedSide } from '../../../shared/contract/replay.ts';
import { badInput, notFound } from '../../../shared/domain/error.ts';
import { pairOf } from '../../../shared/domain/ranking/pair.ts';
import { openSnapshot } from '../../database/snapshot/open.ts';
import type { SnapshotReader } from '../../database/snapshot/reader.ts';
import type { SnapshotRequest } from '../../database/snapshot/request.ts';
import { openBundle, type Bundle } from '../../services/releases/bundle.ts';
import { attributeFeed, requireMixable } from '../../services/replay/attribute.ts';
import { describeItems, describeRequest, explainFeed } from '../../services/replay/feed.ts';
import { requireFit } from '../../services/replay/fit.ts';
import { rankerOf, refOf, releaseContestant } from '../../services/replay/ranker.ts';
import { openModel } from '../../workers/model.ts';
import { present } from '../output.ts';
import { attributionText, feedText, pairText, type NamedPair } from '../rank-text.ts';
import { whole } from '../arguments.ts';

interface Flags {
  readonly request: string;
  readonly against?: string;
  readonly topK: number;
  readonly pair?: readonly string[];
}

export function rankCommand(): Command {
  return new Command('rank')
    .description("show one request's feed, with every item's arithmetic")
    .argument('<snapshot>', 'a .snapshot.sqlite file')
    .argument('<bundle>', 'a release: a folder or a .zip of one')
    .requiredOption('--request <id>', 'the request to rank')
    .option(
      '--against <bundle>',
      'another release: how much of the change from its feed comes from model, weights, multipliers, filters, diversity',
    )
    .option('--top-k <k>', 'with --against: how deep the feeds are measured', whole(1, 1000), 10)
    .option('--pair <item...>', 'two items: the smallest change of one weight that would swap them')
    .action(async (snapshot: string, bundlePath: string, flags: Flags, command: Command) => {
      const bundle = await openBundle(bundlePath);
      const reader = openSnapshot(snapshot);
      try {
        requireFit(reader, bundle);
        const request = reader.request(flags.request);
        const feed = await rankedFeed(reader, request, bundle);
        const pair = flags.pair === undefined ? null : pairNamed(reader, feed, flags.pair);
        const attribution =
          flags.against === undefined
            ? null
            : await attributed(reader, request, { baseline: flags.against, candidate: bundle }, flags.topK);
        const document = {
          ...{ request: describeRequest(request), items: describeItems(reader, request), feed },
          ...(pair === null ? {} : { pair }),
          ...(attribution === null ? {} : { attribution }),
        };
        present(command, document, () =>
          [
            feedText(flags.request, feed),
            ...(pair === null ? [] : [pairText(pair)]),
            ...(attribution === null ? [] : [attributionText(attribution)]),
          ].join('\n\n'),
        );
      } finally {
        reader.close();
        await bundle.dispose();
      }
    });
}

async function rankedFeed(
  reader: SnapshotReader,
  request: SnapshotRequest,
  bundle: Bundle,
): Promise<FeedSide> {
  const model = await openModel(bundle.modelPath, { threads: 1 });
  try {
    return await explainFeed(reader, request, { ...rankerOf(bundle), model }, refOf(bundle));
  } finally {
    await model.close();
  }
}

function pairNamed({ idOrder }: SnapshotReader, feed: FeedSide, named: readonly string[]): NamedPair {
  const [item, other, ...more] = named;
  if (item === undefined || other === undefined || more.length > 0 || item === other)
    throw badInput('--pair takes two different items; give two ids.');
  const [first, second] = [item, other].map((id) => {
    const found = feed.items.find(({ itemId }) => itemId === id);
    if (found === undefined)
      throw notFound(`The request has no candidate ${id}; choose two of the items that rank lists.`);
    if (found.removedBy !== null)
      throw badInput(`${id} is removed by ${found.removedBy}, so no weight moves it; choose another item.`);
    return found;
  });
  if (first === undefined || second === undefined) throw new TypeError('two items make a pair');
  return { item, other, place: first.rank ?? 0, ...pairOf(feed.heads, idOrder, first, second) };
}

/** What comes from which part, from the baseline's feed to the candidate's. */
async function attributed(
  reader: SnapshotReader,
  request: SnapshotRequest,
  paths: { readonly baseline: string; readonly candidate: Bundle },
  topK: number,
): Promise<FeedAttribution> {
  const bundle = await openBundle(paths.baseline);
  try {
    requireFit(reader, bundle);
    const { baseline, candidate } = requireMixable(
      releaseContestant(bundle),
      releaseContestant(paths.candidate),
    );
    const before = await openModel(baseline.modelPath, { threads: 1 });
    const after = await openModel(candidate.modelPath, { threads: 1 });
    try {
      const open = { baseline: { ...baseline, model: before }, candidate: { ...candidate, model: after } };
      return await attributeFeed(reader, request, open, topK);
    } finally {
      await before.close();
      await after.close();
    }
  } finally {
    await bundle.dispose();
  }
}
