import { joined } from '../../../shared/domain/memory/joined.ts';
import { Slab } from '../../../shared/domain/memory/slab.ts';
import type { RankingPolicy } from '../../../shared/domain/ranking/policy.ts';
import type { HeadOutputs } from '../../../shared/domain/ranking/request.ts';
import type { HeadPredictions } from '../../../shared/domain/replay/tally.ts';
import type { Signal } from '../../../shared/domain/snapshot/meta.ts';

type Side = HeadPredictions['side'];

/** A head with what it predicted wherever its signal was observed. */
interface Predicted {
  readonly side: Side;
  readonly head: string;
  readonly output: string;
  /** By batch. */
  readonly values: Float32Array[];
}

/** What was observed of a signal, and the heads that predict it. */
interface Observed {
  /** Of the feedback. */
  readonly column: number;
  /** By batch. */
  readonly answers: Float32Array[];
  /** Where the answers of each request end. */
  readonly ends: number[];
  readonly heads: readonly Predicted[];
}

const rowsOfValues = new Slab((length) => new Float32Array(length));

/** Rows of a batch of which a signal was observed, and the answers there. */
let found = { rows: new Int32Array(0), answers: new Float32Array(0) };

/**
 * Notes what the heads of both policies predicted in a block's requests, beside what was observed. A head is held against
 * the binary signal of its own name, and only when it predicts a probability.
 */
export class HeadTally {
  /** How many columns the feedback has. */
  readonly #width: number;
  readonly #signals: readonly Observed[];

  constructor(signals: readonly Signal[], policies: Readonly<Record<Side, Pick<RankingPolicy, 'heads'>>>) {
    this.#width = signals.length;
    this.#signals = signals.flatMap(({ name: signal, kind: of }, column): Observed[] => {
      const heads = (['baseline', 'candidate'] as const).flatMap((side) =>
        policies[side].heads
          .filter(({ name, kind }) => kind === 'probability' && of === 'binary' && name === signal)
          .map(({ name, output }) => ({ side, head: name, output, values: [] })),
      );
      return heads.length === 0 ? [] : [{ column, answers: [], ends: [], heads }];
    });
  }

  /** Feedback of the requests of a batch with its `observedRows`, and both models' outputs of all their candidates. */
  add(
    feedback: readonly Float32Array[],
    observed: readonly Int32Array[],
    outputs: Readonly<Record<Side, HeadOutputs>>,
  ): void {
    const most = observed.reduce((sum, { length }) => sum + length, 0);
    if (found.rows.length < most)
      found = { rows: new Int32Array(2 * most), answers: new Float32Array(2 * most) };
    for (const { column, answers, ends, heads } of this.#signals) {
      const count = this.#find(column, ends, feedback, observed);
      answers.push(own(count, found.answers, null));
      for (const { side, output, values } of heads)
        values.push(own(count, outputs[side].get(output), found.rows));
    }
  }

  /** Of the heads whose signal was observed at all. */
  get predictions(): HeadPredictions[] {
    return this.#signals.flatMap(({ answers, ends, heads }) => {
      const count = ends.at(-1) ?? 0;
      if (count === 0) return [];
      const whole = (batches: readonly Float32Array[]): Float32Array =>
        joined(batches, new Float32Array(count));
      const shared = { observed: whole(answers), ends: Uint32Array.from(ends) };
      return heads.map(({ side, head, values }) => ({ head, side, ...shared, predicted: whole(values) }));
    });
  }

  /** Puts what was observed of a signal in a batch into `found`, and adds where each request's end; how many there are. */
  #find(
    column: number,
    ends: number[],
    feedback: readonly Float32Array[],
    observed: readonly Int32Array[],
  ): number {
    const { rows, answers } = found;
    const before = ends.at(-1) ?? 0;
    let count = 0;
    let from = 0;
    for (const [at, answered] of feedback.entries()) {
      const request = observed[at] ?? NONE;
      for (let place = 0; place < request.length; place += 1) {
        const row = request[place] ?? 0;
        const answer = answered[row * this.#width + column] ?? NaN;
        if (Number.isNaN(answer)) continue;
        rows[count] = from + row;
        answers[count] = answer;
        count += 1;
      }
      ends.push(before + count);
      from += answered.length / this.#width;
    }
    return count;
  }
}

const NONE = new Int32Array(0);

/** The first of some values, or those that stand at some places, in a row of their own; NaN where there are none. */
function own(count: number, values: Float32Array | undefined, places: Int32Array | null): Float32Array {
  const row = rowsOfValues.row(count);
  for (let at = 0; at < count; at += 1) row[at] = values?.[places === null ? at : (places[at] ?? -1)] ?? NaN;
  return row;
}
