import { parsePolicy } from '../../../shared/domain/ranking/parse-policy.ts';
import type { Measure } from '../../../shared/domain/replay/report.ts';
import type { Exposure } from './exposures.ts';
import type { Example } from './features.ts';
import { groupFeeds, type Feed } from './feeds.ts';
import { labelVideos } from './labels.ts';
import { policyText, type Weights } from './policy-text.ts';
import { predict } from './predict.ts';
import { CANDIDATE_GRID, RELEASES, type ReleasePlan } from './releases.ts';
import { replayFeeds, type FeedRanker } from './replay-feeds.ts';
import { PERIODS } from './split.ts';
import { train } from './train.ts';

const QUALITY = 'ndcg@10';
/** What may not be above production's. */
const HARMS = ['negative_feedback@5', 'prevalence@5'];

/**
 * Chooses the candidate's policy weights inside the training period: both rankers are trained on its days before the
 * validation days and replayed on those. Of the grid's weights that raise neither harm over production's, those with the
 * best nDCG@10 win, the first of equals. `examples` are those of US users, `known` all exposures of the training period.
 */
export function selectWeights(examples: readonly Example[], known: readonly Exposure[]): Weights {
  const { training, validation, heldOut } = PERIODS;
  const fit = examples.filter(({ exposure: { day } }) => day >= training && day < validation);
  const feeds = groupFeeds(examples.filter(({ exposure: { day } }) => day >= validation && day < heldOut));
  const labels = labelVideos(
    known.filter(({ day }) => day < validation),
    validation,
  );
  const production = ranker(RELEASES.production, fit, feeds)(RELEASES.production.policy.weights);
  const candidate = ranker(RELEASES.candidate, fit, feeds);
  let best: { weights: Weights; quality: number } | null = null;
  for (const change of CANDIDATE_GRID) {
    const weights = { ...RELEASES.candidate.policy.weights, ...change };
    const measures = replayFeeds(feeds, labels, production, candidate(weights));
    const quality = measureNamed(measures, QUALITY).candidate ?? 0;
    const harmless = HARMS.every((id) => (measureNamed(measures, id).difference ?? 0) <= 0);
    if (harmless && (best === null || quality > best.quality)) best = { weights, quality };
  }
  if (best === null) throw new Error('No weights of the grid leave the harms where production has them.');
  return best.weights;
}

/** A release trained on `fit`, ready to rank `feeds` with any weights. */
function ranker(
  { training, policy }: ReleasePlan,
  fit: readonly Example[],
  feeds: readonly Feed[],
): (weights: Weights) => FeedRanker {
  const model = train(fit, training);
  const outputs = new Map(feeds.map((feed) => [feed.requestId, predict(model, feed.candidates)]));
  return (weights) => ({
    policy: parsePolicy(policyText({ ...policy, weights }), 'policy.yaml'),
    outputs: ({ requestId }) => outputs.get(requestId) ?? new Map(),
  });
}

function measureNamed(measures: readonly Measure[], id: string): Measure {
  const found = measures.find((measure) => measure.id === id);
  if (found === undefined) throw new Error(`The replay has no measure ${id}.`);
  return found;
}
