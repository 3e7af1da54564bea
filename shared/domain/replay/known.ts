import { amountOf } from '../metrics/captured.ts';
import { judgementsOf } from '../metrics/feedback.ts';
import { idealGains } from '../metrics/ndcg.ts';
import type { CandidateColumns } from '../ranking/candidate-columns.ts';
import type { Signal } from '../snapshot/meta.ts';
import type { Known } from './definitions.ts';

/** The signal that says how long an item was played, in milliseconds. */
const PLAY_TIME = 'play_time_ms';
/** The category whose name is empty, which is one, though no kind. */
const NAMELESS = -2;

/** What is known of a request's candidates, as far as the two feeds need it. */
export function knownOf(
  candidates: CandidateColumns,
  signals: readonly Signal[],
  feedback: Float32Array,
  feeds: readonly Int32Array[],
): Known {
  const { relevance, negative } = judgementsOf(feedback, signals, candidates.length);
  const best = idealGains(relevance);
  const play = signals.findIndex(({ name, kind }) => name === PLAY_TIME && kind === 'amount');
  const playTime = columnOf(feedback, signals.length, play, candidates.length);
  return {
    relevance,
    negative,
    best,
    relevant: best.length,
    playTime,
    played: amountOf(playTime),
    labelled: marks(candidates, feeds, () => true),
    inNetwork: candidates.inNetwork,
    categories: categoriesOf(candidates, feeds),
  };
}

/** By candidate index, of the candidates of the feeds alone. */
function categoriesOf({ length, items, places }: CandidateColumns, feeds: readonly Int32Array[]): Int32Array {
  const found = new Int32Array(length);
  for (const feed of feeds) {
    for (const index of feed) {
      const place = places[index] ?? -1;
      const category = items.category[place] ?? -1;
      found[index] = category === -1 && items.items[place]?.category === '' ? NAMELESS : category;
    }
  }
  return found;
}

/** One column of row-major values; NaN where there is none (−1). */
function columnOf(values: Float32Array, width: number, column: number, rows: number): Float64Array {
  const found = new Float64Array(rows);
  if (column === -1) return found.fill(NaN);
  for (let row = 0, at = column; row < rows; row += 1, at += width) found[row] = values[at] ?? NaN;
  return found;
}

/** 1 for each candidate of the feeds whose labels the condition holds for; no others are looked at. */
export function marks(
  { length, items, places }: CandidateColumns,
  feeds: readonly Int32Array[],
  holds: (labels: readonly string[]) => boolean,
): Float64Array {
  const marks = new Float64Array(length);
  for (const feed of feeds) {
    for (const index of feed) {
      const labels = items.labels[places[index] ?? -1] ?? 0;
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
