import { Slab } from '../memory/slab.ts';
import type { Signal } from '../snapshot/meta.ts';

/** What users said of each candidate, by candidate index. NaN: nothing was observed. */
export interface Judgements {
  /** How many kinds of positive feedback were given, 0 when any negative one was. */
  readonly relevance: Float64Array;
  /** 1 when any kind of negative feedback was given, else 0. */
  readonly negative: Float64Array;
}

/** A binary signal counts as given from this value on. */
const GIVEN = 0.5;

let found = new Int32Array(1024);
const rowsFound = new Slab((length) => new Int32Array(length));

/**
 * The candidates of which anything was observed, by the rows of a request's feedback (float32, row-major [candidates ×
 * `signals`], NaN not observed): most were not shown, and nothing was.
 */
export function observedRows(feedback: Float32Array, signals: number): Int32Array {
  const candidates = signals === 0 ? 0 : feedback.length / signals;
  if (found.length < candidates) found = new Int32Array(2 * candidates);
  let count = 0;
  for (let row = 0, at = 0; row < candidates; row += 1) {
    let observed = false;
    for (const end = at + signals; at < end; at += 1) if (!Number.isNaN(feedback[at])) observed = true;
    if (!observed) continue;
    found[count] = row;
    count += 1;
  }
  const rows = rowsFound.row(count);
  for (let at = 0; at < count; at += 1) rows[at] = found[at] ?? 0;
  return rows;
}

/**
 * Reads judgements from a request's feedback (float32, row-major [candidates × signals], NaN not observed).
 * Only binary signals judge; amounts such as play time and signals of polarity 0 do not. An item whose positive
 * and negative signals were all unobserved is unjudged: its relevance is NaN; likewise `negative` is NaN when
 * no negative signal was observed. They are written to `into`, rows of NaN; `rows` are the `observedRows`.
 */
export function judgementsOf(
  feedback: Float32Array,
  signals: readonly Signal[],
  candidates: number,
  into: Judgements = {
    relevance: new Float64Array(candidates).fill(NaN),
    negative: new Float64Array(candidates).fill(NaN),
  },
  rows: Int32Array = observedRows(feedback, signals.length),
): Judgements {
  const { relevance, negative } = into;
  const polarities = polaritiesOf(signals);
  for (const index of rows) {
    let observed = false;
    let positive = 0;
    for (let column = 0; column < polarities.length; column += 1) {
      const value = feedback[index * polarities.length + column] ?? NaN;
      if (Number.isNaN(value)) continue;
      const polarity = polarities[column];
      if (polarity === 0) continue;
      observed = true;
      const given = value >= GIVEN ? 1 : 0;
      if (polarity === 1) positive += given;
      else negative[index] = Math.max(given, negative[index] === 1 ? 1 : 0);
    }
    if (observed) relevance[index] = negative[index] === 1 ? 0 : positive;
  }
  return into;
}

const known = new WeakMap<readonly Signal[], Int8Array>();

/** By column the polarity of a signal that judges, 0 of one that does not; of a list they are made once. */
function polaritiesOf(signals: readonly Signal[]): Int8Array {
  const made =
    known.get(signals) ?? Int8Array.from(signals, ({ kind, polarity }) => (kind === 'binary' ? polarity : 0));
  known.set(signals, made);
  return made;
}
