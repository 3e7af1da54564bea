import { keepRequest, type KeptRequest } from '../../../shared/domain/formula/kept-request.ts';
import type { RankingPolicy } from '../../../shared/domain/ranking/policy.ts';
import { rankRequest, type Ranking } from '../../../shared/domain/ranking/rank.ts';
import type { HeadOutputs, IdOrder, RankingRequest } from '../../../shared/domain/ranking/request.ts';
import { MeasureAccumulator } from '../../../shared/domain/replay/measures.ts';
import { compareFeeds } from '../../../shared/domain/replay/outcome.ts';
import type { Measure } from '../../../shared/domain/replay/report.ts';
import type { Signal } from '../../../shared/domain/snapshot/meta.ts';
import type { SnapshotReader } from '../../database/snapshot/reader.ts';
import type { Model } from '../../workers/model.ts';
import { gather, inferBatch } from '../replay/infer.ts';

/** A request with the outputs of a model kept. */
interface InferredRequest {
  readonly request: RankingRequest & { readonly feedback: Float32Array };
  readonly outputs: HeadOutputs;
}

const BATCH_ROWS = 4096;
/** Sensitivity ranks every request some fifty times: so many candidates take less than a second. */
const WORTH_CANDIDATES = 40_000;

/** Requests of a snapshot through one model, for many policies. */
export class FormulaSample {
  readonly #requests: readonly InferredRequest[];
  readonly #signals: readonly Signal[];
  readonly #idOrder: IdOrder;
  readonly #rankings = new WeakMap<RankingPolicy, readonly Ranking[]>();

  private constructor(requests: readonly InferredRequest[], { signals, idOrder }: SnapshotReader) {
    this.#requests = requests;
    this.#signals = signals;
    this.#idOrder = idOrder;
  }

  /** Reads the requests and runs the model on them, some at a time; their features are not kept. */
  static async infer(
    reader: SnapshotReader,
    model: Model,
    requestIds: readonly string[],
  ): Promise<FormulaSample> {
    const inferred: InferredRequest[] = [];
    let waiting: ReturnType<SnapshotReader['request']>[] = [];
    let rows = 0;
    const run = async (): Promise<void> => {
      const { requests: outputs } = await inferBatch(model, gather(waiting));
      for (const [at, { requestId, user, candidates, feedback }] of waiting.entries()) {
        const own = outputs[at] ?? new Map<string, Float32Array>();
        inferred.push({ request: { requestId, user, candidates, feedback }, outputs: own });
      }
      waiting = [];
      rows = 0;
    };
    for (const id of requestIds) {
      const request = reader.request(id);
      waiting.push(request);
      rows += request.candidates.length;
      if (rows >= BATCH_ROWS) await run();
    }
    if (waiting.length > 0) await run();
    return new FormulaSample(inferred, reader);
  }

  get requests(): number {
    return this.#requests.length;
  }

  /** The first requests under a policy, with everything kept that a change of weights leaves alone. */
  kept(policy: RankingPolicy): KeptRequest[] {
    let candidates = 0;
    const enough = this.#requests.findIndex(
      ({ request }) => (candidates += request.candidates.length) > WORTH_CANDIDATES,
    );
    const first = enough === -1 ? this.#requests : this.#requests.slice(0, Math.max(1, enough));
    return first.map(({ request, outputs }) => keepRequest(policy, request, outputs, this.#idOrder));
  }

  /** Share of the requests whose first `depth` items are others, or in another order, under `b` than under `a`. */
  feedsChanged(a: RankingPolicy, b: RankingPolicy, depth: number): number {
    const before = this.#ranked(a);
    const after = this.#ranked(b);
    const changed = before.filter((ranking, at) => !sameFeed(ranking, after[at] ?? ranking, depth));
    return before.length === 0 ? 0 : changed.length / before.length;
  }

  /** The measures of a replay of `candidate` against `baseline`, both with this model. */
  measures(baseline: RankingPolicy, candidate: RankingPolicy): Measure[] {
    const before = this.#ranked(baseline);
    const after = this.#ranked(candidate);
    const topK = baseline.top_k;
    const accumulator = new MeasureAccumulator(topK);
    for (const [at, { request }] of this.#requests.entries()) {
      const [a, b] = [before[at], after[at]];
      if (a === undefined || b === undefined) continue;
      accumulator.add(compareFeeds({ request, signals: this.#signals, baseline: a, candidate: b, topK }));
    }
    return accumulator.measures();
  }

  #ranked(policy: RankingPolicy): readonly Ranking[] {
    const known = this.#rankings.get(policy);
    if (known !== undefined) return known;
    const rankings = this.#requests.map(({ request, outputs }) =>
      rankRequest(policy, request, outputs, this.#idOrder),
    );
    this.#rankings.set(policy, rankings);
    return rankings;
  }
}

function sameFeed(a: Ranking, b: Ranking, depth: number): boolean {
  const length = Math.min(depth, a.feedLength);
  if (length !== Math.min(depth, b.feedLength)) return false;
  for (let at = 0; at < length; at += 1) if (a.order[at] !== b.order[at]) return false;
  return true;
}
