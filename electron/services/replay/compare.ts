import { loggedPlaces } from '../../../shared/domain/ranking/logged.ts';
import { baseScores } from '../../../shared/domain/ranking/rank.ts';
import {
  compareFeeds,
  feedOf,
  outcomeJson,
  type ComparedRequest,
} from '../../../shared/domain/replay/outcome.ts';
import { kindSharesOf } from '../../../shared/domain/replay/kinds.ts';
import { offPolicyRow } from '../../../shared/domain/replay/off-policy.ts';
import type { ReplaySettings } from '../../../shared/domain/replay/report.ts';
import { membershipsOf } from '../../../shared/domain/replay/slice-members.ts';
import type { ShownAuthors } from '../../../shared/domain/replay/author-exposure.ts';
import type { HeadPredictions } from '../../../shared/domain/replay/tally.ts';
import type { SnapshotReader } from '../../database/snapshot/reader.ts';
import { mixWorths } from './attribute.ts';
import { AuthorTally, headPredictions, Observations } from './block-tally.ts';
import { gather, inferBatch, type BatchOutputs } from './infer.ts';
import { rankBy, type AnyOpenRanker, type Ranked } from './ranker.ts';

/** A request after both rankers ranked it. */
export interface ReplayedRequest extends ComparedRequest {
  readonly userId: string;
  readonly requestedAt: string;
  /** Canonical JSON of the outcome. */
  readonly json: string;
  /** As `offPolicyRow` has it. */
  readonly offPolicy: Float64Array | null;
  /** What each mix of the rankers' parts is worth, where the settings ask for it. */
  readonly worths: readonly Float64Array[];
}

/** Requests that were inferred together, with what is counted over all of them. */
export interface ReplayedBatch {
  readonly requests: readonly ReplayedRequest[];
  readonly heads: readonly HeadPredictions[];
  readonly authors: ShownAuthors;
}

/** Of the logged order, which has no model. */
const NO_OUTPUTS: BatchOutputs = { whole: new Map(), requests: [] };

/** Reads the requests, infers them in one batch per model, ranks them with both policies and compares the feeds. */
export async function compareBatch(
  reader: SnapshotReader,
  baseline: AnyOpenRanker,
  candidate: AnyOpenRanker,
  requestIds: readonly string[],
  { topK, slices, attribution }: ReplaySettings,
): Promise<ReplayedBatch> {
  const requests = reader.requests(requestIds);
  const batch = gather(requests);
  const infer = async ({ model }: AnyOpenRanker): Promise<BatchOutputs> =>
    model === null ? NO_OUTPUTS : inferBatch(model, batch);
  const baselineOutputs = await infer(baseline);
  const candidateOutputs =
    candidate.modelSha256 === baseline.modelSha256 ? baselineOutputs : await infer(candidate);
  const scores = {
    baseline: baseScores(baseline.policy, baselineOutputs.whole, batch.rows),
    candidate: baseScores(candidate.policy, candidateOutputs.whole, batch.rows),
  };
  const authors = new AuthorTally(topK, requests.length);
  const expected = baseline.policy.heads.filter(({ kind }) => kind === 'probability');
  const replayed = requests.map((request, at): ReplayedRequest => {
    const outputs = {
      baseline: baselineOutputs.requests[at] ?? NO_OUTPUTS.whole,
      candidate: candidateOutputs.requests[at] ?? NO_OUTPUTS.whole,
    };
    const logged = loggedPlaces(request.candidates);
    const depth = Math.max(topK, logged.length);
    const ranked = (side: 'baseline' | 'candidate'): Ranked => ({
      ...{ request, idOrder: reader.idOrder, outputs: outputs[side], depth },
      scores: scores[side]?.subarray(batch.bounds[at], batch.bounds[at + 1]) ?? null,
    });
    const before = rankBy(baseline, ranked('baseline'));
    const after = rankBy(candidate, ranked('candidate'));
    authors.add(request.candidates, before, after);
    const compared = compareFeeds({
      request,
      signals: reader.signals,
      baseline: before,
      candidate: after,
      topK,
      slices: membershipsOf(slices ?? [], request),
      kinds: kindSharesOf(request, feedOf(before, topK), feedOf(after, topK), topK),
    });
    const { user, requestedAt } = request;
    return {
      ...compared,
      userId: user.userId,
      requestedAt,
      json: outcomeJson(compared.outcome),
      offPolicy: offPolicyRow({
        request,
        logged,
        signals: reader.signals,
        baseline: before.order,
        candidate: after.order,
        expected(signal) {
          const head = expected.find(({ name }) => name === signal);
          return head === undefined ? null : (outputs.baseline.get(head.output) ?? null);
        },
      }),
      worths:
        attribution === true && baseline.model !== null && candidate.model !== null
          ? mixWorths(reader, request, { baseline, candidate, outputs, ranking: before, topK })
          : [],
    };
  });
  const observations = new Observations(reader.signals, requests);
  return {
    requests: replayed,
    authors: authors.shown,
    heads: [
      ...headPredictions('baseline', baseline.policy, observations, baselineOutputs.requests),
      ...headPredictions('candidate', candidate.policy, observations, candidateOutputs.requests),
    ],
  };
}
