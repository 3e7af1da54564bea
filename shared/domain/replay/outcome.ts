import { judgementsOf } from '../metrics/feedback.ts';
import { idealGains } from '../metrics/ndcg.ts';
import { prevalenceAt } from '../metrics/prevalence.ts';
import type { Ranking } from '../ranking/rank.ts';
import type { RankingRequest } from '../ranking/request.ts';
import type { Signal } from '../snapshot/meta.ts';
import { columnsOf } from './columns.ts';
import type { Known } from './definitions.ts';
import type { RequestOutcome } from './report.ts';

/** What measures are averaged from, beside the outcome. */
export interface RequestNumbers {
  /** Laid out as `columnsOf(topK)` says. */
  readonly values: Float64Array;
  /**
   * For each label that any candidate of the request carries its prevalence, baseline and candidate at each depth of
   * `depthsOf(topK)` in turn; NaN where a feed is empty.
   */
  readonly labels: readonly { readonly label: string; readonly prevalence: Float64Array }[];
}

export interface ComparedRequest {
  readonly outcome: RequestOutcome;
  readonly numbers: RequestNumbers;
}

export interface ComparisonInput {
  /** `feedback`: float32, row-major [candidates × signals], NaN where nothing was observed. */
  readonly request: RankingRequest & { readonly feedback: Float32Array };
  readonly signals: readonly Signal[];
  readonly baseline: Ranking;
  readonly candidate: Ranking;
  readonly topK: number;
}

/** Compares the feeds that two rankers gave one request, both cut at `topK`. */
export function compareFeeds({
  request,
  signals,
  baseline,
  candidate,
  topK,
}: ComparisonInput): ComparedRequest {
  const { candidates, requestId, feedback } = request;
  const a = feedOf(baseline, topK);
  const b = feedOf(candidate, topK);
  const { columns, depths, width } = columnsOf(topK);
  const known = knownOf(request, signals, feedback, [a, b]);
  const values = new Float64Array(width);
  for (const column of columns) {
    if (column.sided) {
      const before = column.of(known, a, column.depth);
      const after = column.of(known, b, column.depth);
      const both = before !== null && after !== null;
      values[column.at] = both ? before : NaN;
      values[column.at + 1] = both ? after : NaN;
    } else values[column.at] = column.of(a, b, column.depth) ?? NaN;
  }
  const labels = labelsOf(request).map((label) => {
    const carries = marks(request, [a, b], (carried) => carried.includes(label));
    const pairs = depths.flatMap((depth) => [
      prevalenceAt(carries, a, depth),
      prevalenceAt(carries, b, depth),
    ]);
    return { label, prevalence: Float64Array.from(pairs, (share) => share ?? NaN) };
  });
  const value = (id: string, side = 0): number => {
    const column = columns.find((column) => column.id === id);
    return column === undefined ? NaN : (values[column.at + side] ?? NaN);
  };
  const labelled = (feed: Int32Array): number =>
    feed.reduce((count, index) => count + (known.labelled[index] ?? 0), 0);
  const itemIds = (feed: Int32Array): string[] =>
    Array.from(feed, (index) => candidates[index]?.item.itemId ?? '');
  const gain = { baseline: value(`ndcg@${topK}`), candidate: value(`ndcg@${topK}`, 1) };
  const outcome = {
    requestId,
    candidates: candidates.length,
    baseline: itemIds(a),
    candidate: itemIds(b),
    overlap: value(`overlap@${topK}`),
    rbo: value('rbo'),
    firstChanged: value('first_changed') === 1,
    largestMove: value('largest_move'),
    ndcg: Number.isNaN(gain.baseline) ? null : gain,
    labelled: { baseline: labelled(a), candidate: labelled(b) },
  };
  return { outcome, numbers: { values, labels } };
}

/** The signal that says how long an item was played, in milliseconds. */
const PLAY_TIME = 'play_time_ms';

function knownOf(
  request: RankingRequest,
  signals: readonly Signal[],
  feedback: Float32Array,
  feeds: readonly Int32Array[],
): Known {
  const { candidates } = request;
  const { relevance, negative } = judgementsOf(feedback, signals, candidates.length);
  const best = idealGains(relevance);
  const play = signals.findIndex(({ name, kind }) => name === PLAY_TIME && kind === 'amount');
  return {
    relevance,
    negative,
    best,
    relevant: best.length,
    playTime: columnOf(feedback, signals.length, play, candidates.length),
    labelled: marks(request, feeds, () => true),
    inNetwork: new Float64Array(candidates.map(({ inNetwork }) => inNetwork)),
    categories: candidates.map(({ item }) => item.category),
  };
}

/** One column of row-major values; NaN where there is none (−1). */
function columnOf(values: Float32Array, width: number, column: number, rows: number): Float64Array {
  const found = new Float64Array(rows).fill(NaN);
  if (column === -1) return found;
  for (let row = 0; row < rows; row += 1) found[row] = values[row * width + column] ?? NaN;
  return found;
}

function feedOf({ order, feedLength }: Ranking, topK: number): Int32Array {
  return order.subarray(0, Math.min(topK, feedLength));
}

/** 1 for each candidate of the feeds whose labels the condition holds for; no others are looked at. */
function marks(
  { candidates }: RankingRequest,
  feeds: readonly Int32Array[],
  holds: (labels: readonly string[]) => boolean,
): Float64Array {
  const marks = new Float64Array(candidates.length);
  for (const feed of feeds) {
    for (const index of feed) {
      const labels = candidates[index]?.item.labels;
      if (labels !== undefined && labels.length > 0 && holds(labels)) marks[index] = 1;
    }
  }
  return marks;
}

function labelsOf({ candidates }: RankingRequest): string[] {
  const labels = new Set<string>();
  for (const { item } of candidates) for (const label of item.labels) labels.add(label);
  return [...labels];
}
