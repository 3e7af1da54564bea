import { Slab } from '../memory/slab.ts';
import { commonPlaces } from '../metrics/common-places.ts';
import { Reused } from '../metrics/reused.ts';
import { observedRows } from '../metrics/feedback.ts';
import { prevalenceAt } from '../metrics/prevalence.ts';
import type { Ranking } from '../ranking/rank.ts';
import { type CandidateColumns, type Candidates, candidateColumns } from '../ranking/candidate-columns.ts';
import type { RankingRequest } from '../ranking/request.ts';
import type { Signal } from '../snapshot/meta.ts';
import { columnsOf } from './columns.ts';
import type { Known } from './definitions.ts';
import { NO_KINDS, type KindShares } from './kinds.ts';
import { knownOf, knownWithin, marks } from './known.ts';
import type { RequestOutcome } from './report.ts';
import type { Membership } from './slice-members.ts';

/** What measures are averaged from, beside the outcome. */
export interface RequestNumbers {
  /** Laid out as `columnsOf(topK)` says. */
  readonly values: Float64Array;
  /**
   * For each label that any candidate of the request carries its prevalence, baseline and candidate at each depth of
   * `depthsOf(topK)` in turn; NaN where a feed is empty.
   */
  readonly labels: readonly { readonly label: string; readonly prevalence: Float64Array }[];
  readonly kinds: KindShares;
}

/** What a request tells of one slice. */
export interface SliceNumbers {
  /** Place of the slicing in the settings. */
  readonly slicing: number;
  readonly values: readonly string[];
  readonly numbers: RequestNumbers;
  readonly shown: Shown;
}

/** Item ids of two feeds, and how many of each carry a label. */
export type Shown = Pick<RequestOutcome, 'baseline' | 'candidate' | 'labelled'>;

export interface ComparedRequest {
  readonly outcome: RequestOutcome;
  readonly numbers: RequestNumbers;
  readonly slices: readonly SliceNumbers[];
}

export interface ComparisonInput {
  /** `feedback`: float32, row-major [candidates × signals], NaN where nothing was observed. */
  readonly request: RankingRequest<Candidates> & { readonly feedback: Float32Array };
  readonly signals: readonly Signal[];
  readonly baseline: Ranking;
  readonly candidate: Ranking;
  readonly topK: number;
  /** `observedRows` of the feedback. */
  readonly observed?: Int32Array;
  readonly slices?: readonly Membership[];
  /** Exposure by kind of item, where it is asked for: a slice of some items alone has none. */
  readonly kinds?: KindShares;
}

/** Compares the feeds that two rankers gave one request, both cut at `topK`. */
export function compareFeeds({
  request,
  signals,
  baseline,
  candidate,
  topK,
  observed = observedRows(request.feedback, signals.length),
  slices = [],
  kinds = NO_KINDS,
}: ComparisonInput): ComparedRequest {
  const { requestId, feedback } = request;
  const candidates = candidateColumns(request.candidates);
  const { items, places } = candidates;
  const a = feedOf(baseline, topK);
  const b = feedOf(candidate, topK);
  const known = knownOf(candidates, signals, feedback, [a, b], observed);
  const labels = labelsOf(candidates).map((label, at) => ({
    label,
    carries: marks(candidates, [a, b], (carried) => carried.includes(label), carrying(at)),
  }));
  const numbers = numbersOf(known, labels, a, b, topK, kinds);
  const { told } = columnsOf(topK);
  const value = (at: number): number => numbers.values[at] ?? NaN;
  const shownIn = (before: Int32Array, after: Int32Array): Shown => {
    const labelled = (feed: Int32Array): number => {
      let count = 0;
      for (const index of feed) count += known.labelled[index] ?? 0;
      return count;
    };
    const itemIds = (feed: Int32Array): string[] => {
      const ids: string[] = [];
      for (const index of feed) ids.push(items.id(places[index] ?? -1));
      return ids;
    };
    return {
      baseline: itemIds(before),
      candidate: itemIds(after),
      labelled: { baseline: labelled(before), candidate: labelled(after) },
    };
  };
  const gain = { baseline: value(told.ndcg), candidate: value(told.ndcg + 1) };
  const outcome = {
    requestId,
    candidates: candidates.length,
    ...shownIn(a, b),
    overlap: value(told.overlap),
    rbo: value(told.rbo),
    firstChanged: value(told.firstChanged) === 1,
    largestMove: value(told.largestMove),
    ndcg: Number.isNaN(gain.baseline) ? null : gain,
  };
  const sliced = slices.map(({ slicing, values, members }): SliceNumbers => {
    if (members === null) return { slicing, values, numbers, shown: outcome };
    const before = a.filter((index) => members[index] === 1);
    const after = b.filter((index) => members[index] === 1);
    const within = numbersOf(knownWithin(known, members), labels, before, after, topK, NO_KINDS);
    // Where neither feed shows such an item there is nothing to compare.
    if (before.length + after.length === 0) within.values.fill(NaN);
    return { slicing, values, numbers: within, shown: shownIn(before, after) };
  });
  return { outcome, numbers, slices: sliced };
}

const rowsOfValues = new Slab((length) => new Float64Array(length));

const rows: Reused[] = [];
/** The row in which a request's label of this place is marked. */
function carrying(at: number): Reused {
  const row = rows[at] ?? new Reused();
  rows[at] = row;
  return row;
}

function numbersOf(
  known: Known,
  labels: readonly { readonly label: string; readonly carries: Float64Array }[],
  a: Int32Array,
  b: Int32Array,
  topK: number,
  kinds: KindShares,
): RequestNumbers {
  const { columns, depths, width } = columnsOf(topK);
  const values = rowsOfValues.row(width);
  const common = commonPlaces(a, b);
  for (const column of columns) {
    if (column.sided) {
      const before = column.of(known, a, column.depth);
      const after = column.of(known, b, column.depth);
      const both = before !== null && after !== null;
      values[column.at] = both ? before : NaN;
      values[column.at + 1] = both ? after : NaN;
    } else values[column.at] = column.of(a, b, column.depth, common) ?? NaN;
  }
  const shares = labels.map(({ label, carries }) => {
    const prevalence = new Float64Array(2 * depths.length);
    if (a.length > 0 && b.length > 0 && !isAnyMarked(carries, a) && !isAnyMarked(carries, b))
      return { label, prevalence };
    for (const [at, depth] of depths.entries()) {
      const before = prevalenceAt(carries, a, depth);
      const after = prevalenceAt(carries, b, depth);
      const both = before !== null && after !== null;
      prevalence[2 * at] = both ? before : NaN;
      prevalence[2 * at + 1] = both ? after : NaN;
    }
    return { label, prevalence };
  });
  return { values, labels: shares, kinds };
}

function isAnyMarked(marks: Float64Array, feed: Int32Array): boolean {
  for (let at = 0; at < feed.length; at += 1) if (marks[feed[at] ?? -1] === 1) return true;
  return false;
}

/** Canonical JSON of an outcome: as `canonicalJson`, but with the members sorted here once for all. */
export function outcomeJson(outcome: RequestOutcome): string {
  const { labelled, ndcg } = outcome;
  return JSON.stringify({
    baseline: outcome.baseline,
    candidate: outcome.candidate,
    candidates: outcome.candidates,
    firstChanged: outcome.firstChanged,
    labelled: { baseline: labelled.baseline, candidate: labelled.candidate },
    largestMove: outcome.largestMove,
    ndcg: ndcg === null ? null : { baseline: ndcg.baseline, candidate: ndcg.candidate },
    overlap: outcome.overlap,
    rbo: outcome.rbo,
    requestId: outcome.requestId,
  } satisfies RequestOutcome);
}

/** The first `topK` of what a ranker shows: candidate indexes, best first. */
export function feedOf({ order, feedLength }: Ranking, topK: number): Int32Array {
  return order.subarray(0, Math.min(topK, feedLength));
}

function labelsOf({ length, items, facts }: CandidateColumns): string[] {
  const labels: string[] = [];
  for (let index = 0; index < length; index += 1) {
    const list = facts.labels(index);
    if (list === 0) continue;
    for (const label of items.labelLists[list] ?? []) if (!labels.includes(label)) labels.push(label);
  }
  return labels;
}
