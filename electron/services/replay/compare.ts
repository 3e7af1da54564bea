import type { CandidateColumns } from '../../../shared/domain/ranking/candidate-columns.ts';
import { loggedPlaces } from '../../../shared/domain/ranking/logged.ts';
import { observedRows } from '../../../shared/domain/metrics/feedback.ts';
import { baseScores } from '../../../shared/domain/ranking/rank.ts';
import type { HeadOutputs } from '../../../shared/domain/ranking/request.ts';
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
import type { HeadPredictions, ShownHarm } from '../../../shared/domain/replay/tally.ts';
import type { SnapshotReader } from '../../database/snapshot/reader.ts';
import type { ColumnRequest } from '../../database/snapshot/request.ts';
import { mixWorths } from './attribute.ts';
import { AuthorTally } from './author-tally.ts';
import { HeadTally } from './head-tally.ts';
import { gather, inferBatch, type Batch, type BatchOutputs } from './infer.ts';
import { rankBy, type AnyOpenRanker, type Ranked } from './ranker.ts';

/** A request after both rankers ranked it. */
export interface ReplayedRequest extends ComparedRequest {
  readonly requestId: string;
  /** How many there were. */
  readonly candidates: number;
  /** What the outcome shows, by `idKey` of the items. */
  readonly shown: ShownHarm;
  readonly userId: string;
  readonly requestedAt: string;
  /** Canonical JSON of the outcome. */
  readonly json: string;
  /** As `offPolicyRow` has it. */
  readonly offPolicy: Float64Array | null;
  /** What each mix of the rankers' parts is worth, where the settings ask for it. */
  readonly worths: readonly Float64Array[];
}

/** Requests of one task, with what is counted over all of them. */
export interface ReplayedBlock {
  readonly requests: readonly ReplayedRequest[];
  readonly heads: readonly HeadPredictions[];
  readonly authors: ShownAuthors;
}

/** What requests are replayed with. */
export interface Contest {
  readonly reader: SnapshotReader;
  readonly baseline: AnyOpenRanker;
  readonly candidate: AnyOpenRanker;
  readonly settings: ReplaySettings;
  /** As `AuthorTally` takes it. */
  readonly replay: string;
}

/** Of the logged order, which has no model. */
const NO_OUTPUTS: BatchOutputs = { whole: new Map(), requests: [] };

/**
 * Replays the requests of some batches; `goOn` is called before each batch is read, inferred and compared, and may throw.
 * All are read, then all inferred, then all compared: each of these needs other code, and code, too, has to come from memory.
 */
export async function compareBlock(
  contest: Contest,
  batches: readonly (readonly string[])[],
  goOn: () => void,
): Promise<ReplayedBlock> {
  const comparison = new Comparison(contest, batches.flat().length);
  await contest.reader.inOneRead(async () => {
    const read = batches.map((ids, place) => {
      goOn();
      return comparison.read(ids, place);
    });
    const inferred: InferredBatch[] = [];
    for (const { requests, batch } of read) {
      goOn();
      inferred.push({ requests, batch, outputs: await comparison.infer(batch) });
    }
    for (const batch of inferred) {
      goOn();
      comparison.compare(batch);
    }
  });
  return comparison.block;
}

interface ReadBatch {
  readonly requests: readonly ColumnRequest[];
  readonly batch: Batch;
}

interface InferredBatch extends ReadBatch {
  readonly outputs: Sides<BatchOutputs>;
}

/** Compares the requests of a block and notes what is counted over all of them. */
class Comparison {
  readonly #contest: Contest;
  readonly #requests: ReplayedRequest[] = [];
  readonly #authors: AuthorTally;
  readonly #heads: HeadTally;
  /** By signal the baseline's output that predicts it. */
  readonly #expected: ReadonlyMap<string, string>;

  constructor(contest: Contest, requests: number) {
    const { reader, baseline, candidate, settings, replay } = contest;
    this.#contest = contest;
    this.#authors = new AuthorTally(settings.topK, requests, replay);
    this.#heads = new HeadTally(reader.signals, { baseline: baseline.policy, candidate: candidate.policy });
    const expected = baseline.policy.heads.filter(({ kind }) => kind === 'probability');
    this.#expected = new Map(expected.toReversed().map(({ name, output }) => [name, output]));
  }

  get block(): ReplayedBlock {
    return { requests: this.#requests, heads: this.#heads.predictions, authors: this.#authors.shown };
  }

  /** Reads requests into a batch of their own. */
  read(requestIds: readonly string[], place: number): ReadBatch {
    const requests = this.#contest.reader.requests(requestIds);
    return { requests, batch: gather(requests, place) };
  }

  /** Infers a batch by both models, or by the one they share. */
  async infer(batch: Batch): Promise<Sides<BatchOutputs>> {
    const { baseline, candidate } = this.#contest;
    const by = async ({ model }: AnyOpenRanker): Promise<BatchOutputs> =>
      model === null ? NO_OUTPUTS : inferBatch(model, batch);
    const before = await by(baseline);
    const same = candidate.modelSha256 === baseline.modelSha256;
    return { baseline: before, candidate: same ? before : await by(candidate) };
  }

  /** Ranks the requests with both policies and compares the feeds. */
  compare({ requests, batch, outputs: { baseline: before, candidate: after } }: InferredBatch): void {
    const { reader, baseline, candidate } = this.#contest;
    const scores = {
      baseline: baseScores(baseline.policy, before.whole, batch.rows),
      candidate: baseScores(candidate.policy, after.whole, batch.rows),
    };
    const observed = requests.map(({ feedback }) => observedRows(feedback, reader.signals.length));
    this.#heads.add(
      requests.map(({ feedback }) => feedback),
      observed,
      { baseline: before.whole, candidate: after.whole },
    );
    for (const [at, request] of requests.entries()) {
      const own = (all: Float64Array | null): Float64Array | null =>
        all?.subarray(batch.bounds[at], batch.bounds[at + 1]) ?? null;
      this.#requests.push(
        this.#compare(
          request,
          observed[at] ?? new Int32Array(),
          {
            baseline: before.requests[at] ?? NO_OUTPUTS.whole,
            candidate: after.requests[at] ?? NO_OUTPUTS.whole,
          },
          { baseline: own(scores.baseline), candidate: own(scores.candidate) },
        ),
      );
    }
  }

  #compare(
    request: ColumnRequest,
    observed: Int32Array,
    outputs: Sides<HeadOutputs>,
    scores: Sides<Float64Array | null>,
  ): ReplayedRequest {
    const { reader, baseline, candidate, settings } = this.#contest;
    const { topK, slices, attribution } = settings;
    const { signals, idOrder } = reader;
    const logged = loggedPlaces(request.candidates);
    const depth = Math.max(topK, logged.length);
    const ranked = (side: keyof Sides<unknown>): Ranked => ({
      ...{ request, idOrder, outputs: outputs[side], scores: scores[side], depth },
    });
    const before = rankBy(baseline, ranked('baseline'));
    const after = rankBy(candidate, ranked('candidate'));
    this.#authors.add(request.candidates, before, after);
    const [a, b] = [feedOf(before, topK), feedOf(after, topK)];
    const compared = compareFeeds({
      ...{ request, signals, baseline: before, candidate: after, topK, observed },
      slices: membershipsOf(slices ?? [], request),
      kinds: kindSharesOf(request, a, b, topK),
    });
    return {
      ...compared,
      requestId: request.requestId,
      candidates: request.candidates.length,
      shown: {
        baseline: keysOf(request.candidates, a),
        candidate: keysOf(request.candidates, b),
        labelled: compared.outcome.labelled,
      },
      userId: request.user.userId,
      requestedAt: request.requestedAt,
      json: outcomeJson(compared.outcome),
      offPolicy: offPolicyRow({
        ...{ request, logged, signals, baseline: before.order, candidate: after.order },
        expected: (signal) => outputs.baseline.get(this.#expected.get(signal) ?? '') ?? null,
      }),
      worths:
        attribution === true && baseline.model !== null && candidate.model !== null
          ? mixWorths(reader, request, { baseline, candidate, outputs, ranking: before, topK })
          : [],
    };
  }
}

function keysOf({ items, places }: CandidateColumns, feed: Int32Array): (string | number)[] {
  const keys: (string | number)[] = [];
  for (const index of feed) keys.push(items.key(places[index] ?? -1));
  return keys;
}

interface Sides<Value> {
  readonly baseline: Value;
  readonly candidate: Value;
}
