import { amountOf } from '../metrics/captured.ts';
import { judgementsOf } from '../metrics/feedback.ts';
import { idealGains } from '../metrics/ndcg.ts';
import { Reused } from '../metrics/reused.ts';
import type { CandidateColumns } from '../ranking/candidate-columns.ts';
import type { Signal } from '../snapshot/meta.ts';
import type { Known } from './definitions.ts';

/** The signal that says how long an item was played, in milliseconds. */
const PLAY_TIME = 'play_time_ms';

const rows = {
  relevance: new Reused(),
  negative: new Reused(),
  playTime: new Reused(),
  labelled: new Reused(),
  categories: new Reused(),
};

/**
 * What is known of a request's candidates, as far as the two feeds need it; valid until the next request is asked of.
 * `observed`: the `observedRows` of its feedback.
 */
export function knownOf(
  candidates: CandidateColumns,
  signals: readonly Signal[],
  feedback: Float32Array,
  feeds: readonly Int32Array[],
  observed: Int32Array,
): Known {
  const { length } = candidates;
  const into = { relevance: rows.relevance.of(length, NaN), negative: rows.negative.of(length, NaN) };
  const { relevance, negative } = judgementsOf(feedback, signals, length, into, observed);
  const best = idealGains(relevance);
  const play = signals.findIndex(({ name, kind }) => name === PLAY_TIME && kind === 'amount');
  const playTime = rows.playTime.of(length, NaN);
  if (play !== -1) for (const row of observed) playTime[row] = feedback[row * signals.length + play] ?? NaN;
  return {
    relevance,
    negative,
    best,
    relevant: best.length,
    playTime,
    played: amountOf(playTime),
    labelled: marks(candidates, feeds, () => true, rows.labelled),
    inNetwork: candidates.inNetwork,
    categories: categoriesOf(candidates, feeds),
  };
}

/** By candidate index, of the candidates of the feeds alone. */
function categoriesOf({ length, facts }: CandidateColumns, feeds: readonly Int32Array[]): Float64Array {
  const found = rows.categories.of(length, -1);
  for (const feed of feeds) for (const index of feed) found[index] = facts.category(index);
  return found;
}

/** 1 in `row` for each candidate of the feeds whose labels the condition holds for; no others are looked at. */
export function marks(
  { length, items, facts }: CandidateColumns,
  feeds: readonly Int32Array[],
  holds: (labels: readonly string[]) => boolean,
  row: Reused,
): Float64Array {
  const marks = row.of(length, 0);
  for (const feed of feeds) {
    for (const index of feed) {
      const labels = facts.labels(index);
      if (labels !== 0 && holds(items.labelLists[labels] ?? [])) marks[index] = 1;
    }
  }
  return marks;
}

/** What is known of some of the candidates alone: `members` has 1 where one is of them. */
export function knownWithin(known: Known, members: Uint8Array): Known {
  const within = (values: Float64Array): Float64Array =>
    values.map((value, index) => (members[index] === 1 ? value : NaN));
  const relevance = within(known.relevance);
  const best = idealGains(relevance);
  const playTime = within(known.playTime);
  return { ...known, relevance, best, relevant: best.length, playTime, played: amountOf(playTime) };
}
