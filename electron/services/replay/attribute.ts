import type { AttributedMove, FeedAttribution } from '../../../shared/contract/replay.ts';
import { differingParts, mixedPolicy, mixesOf, type Part } from '../../../shared/domain/attribution/parts.ts';
import { badInput } from '../../../shared/domain/error.ts';
import type { RankingPolicy } from '../../../shared/domain/ranking/policy.ts';
import { rankRequest, type Ranking } from '../../../shared/domain/ranking/rank.ts';
import type { Candidates } from '../../../shared/domain/ranking/candidate-columns.ts';
import type { HeadOutputs } from '../../../shared/domain/ranking/request.ts';
import { attributedChanges, worthOf } from '../../../shared/domain/replay/attribution.ts';
import { columnsOf } from '../../../shared/domain/replay/columns.ts';
import { compareFeeds } from '../../../shared/domain/replay/outcome.ts';
import type { SnapshotReader } from '../../database/snapshot/reader.ts';
import type { SnapshotRequest } from '../../database/snapshot/request.ts';
import type { AnyRanker, Contestant, OpenRanker, Ranker } from './ranker.ts';

interface Pair {
  readonly baseline: Pick<AnyRanker, 'policy' | 'modelSha256'>;
  readonly candidate: Pick<AnyRanker, 'policy' | 'modelSha256'>;
}

/** The parts in which two rankers differ. */
export function differingOf({ baseline, candidate }: Pair): Part[] {
  return differingParts(baseline.policy, candidate.policy, baseline.modelSha256 === candidate.modelSha256);
}

interface Mixed {
  readonly model: 'baseline' | 'candidate';
  readonly policy: RankingPolicy;
}

const mixed = new WeakMap<RankingPolicy, WeakMap<RankingPolicy, Mixed[]>>();

/** Every mix of two rankers; the same policies give the same objects, so that each is compiled once. */
function mixedRankers(pair: Pair): Mixed[] {
  const { baseline, candidate } = pair;
  const known = mixed.get(baseline.policy) ?? new WeakMap<RankingPolicy, Mixed[]>();
  mixed.set(baseline.policy, known);
  const made =
    known.get(candidate.policy) ??
    mixesOf(differingOf(pair)).map((mix) => ({
      model: mix.model,
      policy: mixedPolicy(mix, baseline.policy, candidate.policy),
    }));
  known.set(candidate.policy, made);
  return made;
}

/**
 * Refuses two rankers that cannot be mixed: one's model lacks an output that the other's policy weighs, or one is no
 * ranker of parts but the logged order.
 */
export function requireMixable(
  { ranker: baseline, bundle: first }: Contestant,
  { ranker: candidate, bundle: second }: Contestant,
): { baseline: Ranker; candidate: Ranker } {
  const wanted = [...baseline.policy.heads, ...candidate.policy.heads];
  if (baseline.modelPath === null || candidate.modelPath === null || first === null || second === null)
    throw badInput(
      'The change cannot be attributed to parts, because the logged order has none; replay without attribution.',
    );
  for (const bundle of [first, second]) {
    const lacking = wanted.find(({ output }) => !bundle.outputs.some(({ name }) => name === output));
    if (lacking === undefined) continue;
    throw badInput(
      `The change cannot be attributed to parts, because ${bundle.manifest.name} ${bundle.manifest.version} has no output ` +
        `${lacking.output}, which the other ranker’s policy weighs; replay without attribution.`,
    );
  }
  return { baseline, candidate };
}

export interface RankedPair extends Pair {
  readonly outputs: { readonly baseline: HeadOutputs; readonly candidate: HeadOutputs };
  readonly ranking: Ranking;
  readonly topK: number;
}

/** What each mix of two rankers is worth on one request, in the order of `mixesOf`; `ranking` is the baseline's. */
export function mixWorths(
  reader: SnapshotReader,
  request: SnapshotRequest<Candidates>,
  pair: RankedPair,
): Float64Array[] {
  return rankedMixes(reader, request, pair).map((mix) => worthOfMix(reader, request, pair, mix));
}

function rankedMixes(
  reader: SnapshotReader,
  request: SnapshotRequest<Candidates>,
  pair: RankedPair,
): Ranking[] {
  return mixedRankers(pair).map(({ model, policy }) =>
    rankRequest(policy, request, pair.outputs[model], reader.idOrder),
  );
}

function worthOfMix(
  { signals }: SnapshotReader,
  request: SnapshotRequest<Candidates>,
  { ranking: baseline, topK }: RankedPair,
  candidate: Ranking,
): Float64Array {
  return worthOf(compareFeeds({ request, signals, baseline, candidate, topK }).numbers, topK);
}

/** Takes the change of one feed apart: of its measures, and of every item's place. */
export async function attributeFeed(
  reader: SnapshotReader,
  request: SnapshotRequest,
  rankers: { readonly baseline: OpenRanker; readonly candidate: OpenRanker },
  topK: number,
): Promise<FeedAttribution> {
  const { baseline, candidate } = rankers;
  const rows = request.candidates.length;
  const outputs = {
    baseline: await baseline.model.run(request.features, rows),
    candidate: await candidate.model.run(request.features, rows),
  };
  const ranking = rankRequest(baseline.policy, request, outputs.baseline, reader.idOrder);
  const pair = { baseline, candidate, outputs, ranking, topK };
  const mixes = rankedMixes(reader, request, pair);
  const differing = differingOf(pair);
  const worths = mixes.map((mix) => worthOfMix(reader, request, pair, mix));
  const places = mixes.map((mix) => placesOf(mix, rows));
  const itemIds = request.candidates.map(({ item }) => item.itemId);
  const moves = attributedChanges(differing, places, itemIds).map(
    ({ id: itemId, total, parts }, at): AttributedMove => ({
      itemId,
      baseline: places[0]?.[at] ?? 0,
      candidate: places.at(-1)?.[at] ?? 0,
      total,
      parts,
    }),
  );
  return {
    measures: attributedChanges(
      differing,
      worths,
      columnsOf(topK).columns.map(({ id }) => id),
    ),
    moves: moves.toSorted((a, b) => Math.abs(b.total) - Math.abs(a.total) || a.candidate - b.candidate),
  };
}

/** By candidate index the place in a ranking, from 1; one past the last of all where a filter removes it. */
function placesOf({ order }: Ranking, candidates: number): Float64Array {
  const places = new Float64Array(candidates).fill(candidates + 1);
  for (const [at, index] of order.entries()) places[index] = at + 1;
  return places;
}
