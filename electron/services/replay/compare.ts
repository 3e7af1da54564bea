import { rankRequest } from '../../../shared/domain/ranking/rank.ts';
import type { HeadOutputs } from '../../../shared/domain/ranking/request.ts';
import { compareFeeds, type ComparedRequest } from '../../../shared/domain/replay/outcome.ts';
import type { AuthorExposure, HeadPredictions } from '../../../shared/domain/replay/tally.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import type { SnapshotReader } from '../../database/snapshot/reader.ts';
import type { Model } from '../../workers/model.ts';
import { AuthorTally, headPredictions } from './block-tally.ts';
import { gather, inferBatch } from './infer.ts';
import type { Ranker } from './ranker.ts';

/** A request after both rankers ranked it. */
export interface ReplayedRequest extends ComparedRequest {
  readonly userId: string;
  readonly requestedAt: string;
  /** Canonical JSON of the outcome. */
  readonly json: string;
}

/** Requests that were inferred together, with what is counted over all of them. */
export interface ReplayedBatch {
  readonly requests: readonly ReplayedRequest[];
  readonly heads: readonly HeadPredictions[];
  readonly authors: AuthorExposure;
}

/** A ranker with its model open. */
export interface OpenRanker extends Ranker {
  readonly model: Model;
}

/** Reads the requests, infers them in one batch per model, ranks them with both policies and compares the feeds. */
export async function compareBatch(
  reader: SnapshotReader,
  baseline: OpenRanker,
  candidate: OpenRanker,
  requestIds: readonly string[],
  topK: number,
): Promise<ReplayedBatch> {
  const requests = requestIds.map((id) => reader.request(id));
  const batch = gather(requests);
  const baselineOutputs = await inferBatch(baseline.model, batch);
  const candidateOutputs =
    candidate.modelSha256 === baseline.modelSha256
      ? baselineOutputs
      : await inferBatch(candidate.model, batch);
  const none: HeadOutputs = new Map();
  const authors = new AuthorTally(topK);
  const replayed = requests.map((request, at) => {
    const before = rankRequest(baseline.policy, request, baselineOutputs[at] ?? none, reader.idOrder);
    const after = rankRequest(candidate.policy, request, candidateOutputs[at] ?? none, reader.idOrder);
    authors.add(request, before, after);
    const { outcome, numbers } = compareFeeds({
      request,
      signals: reader.signals,
      baseline: before,
      candidate: after,
      topK,
    });
    const { user, requestedAt } = request;
    return { outcome, numbers, userId: user.userId, requestedAt, json: canonicalJson(outcome) };
  });
  const { signals } = reader;
  return {
    requests: replayed,
    authors: authors.exposure,
    heads: [
      ...headPredictions('baseline', baseline.policy, signals, requests, baselineOutputs),
      ...headPredictions('candidate', candidate.policy, signals, requests, candidateOutputs),
    ],
  };
}
