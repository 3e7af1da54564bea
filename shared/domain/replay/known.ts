import { judgementsOf } from '../metrics/feedback.ts';
import { idealGains } from '../metrics/ndcg.ts';
import type { RankingRequest } from '../ranking/request.ts';
import type { Signal } from '../snapshot/meta.ts';
import type { Known } from './definitions.ts';

/** The signal that says how long an item was played, in milliseconds. */
const PLAY_TIME = 'play_time_ms';

/** What is known of a request's candidates, as far as the two feeds need it. */
export function knownOf(
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
    inNetwork: networkOf(candidates),
    categories: candidates.map(({ item }) => item.category),
  };
}

function networkOf(candidates: RankingRequest['candidates']): Float64Array {
  const found = new Float64Array(candidates.length);
  for (let at = 0; at < found.length; at += 1) found[at] = candidates[at]?.inNetwork ?? NaN;
  return found;
}

/** One column of row-major values; NaN where there is none (−1). */
function columnOf(values: Float32Array, width: number, column: number, rows: number): Float64Array {
  const found = new Float64Array(rows).fill(NaN);
  if (column === -1) return found;
  for (let row = 0; row < rows; row += 1) found[row] = values[row * width + column] ?? NaN;
  return found;
}

/** 1 for each candidate of the feeds whose labels the condition holds for; no others are looked at. */
export function marks(
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

/** What is known of some of the candidates alone: `members` has 1 where one is of them. */
export function knownWithin(known: Known, members: Uint8Array): Known {
  const within = (values: Float64Array): Float64Array =>
    values.map((value, index) => (members[index] === 1 ? value : NaN));
  const relevance = within(known.relevance);
  const best = idealGains(relevance);
  const playTime = within(known.playTime);
  return { ...known, relevance, best, relevant: best.length, playTime };
}
