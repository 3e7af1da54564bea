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
  readonly answers: number[];
  /** Rows of the last batch. */
  readonly rows: number[];
  /** Where the answers of each request end. */
  readonly ends: number[];
  readonly heads: Predicted[];
}

const rowsOfValues = new Slab((length) => new Float32Array(length));

/**
 * Notes what the heads of both policies predicted in a block's requests, beside what was observed. A head is held against
 * the binary signal of its own name, and only when it predicts a probability.
 */
export class HeadTally {
  /** By column of the feedback. */
  readonly #signals: readonly Observed[];

  constructor(signals: readonly Signal[], policies: Readonly<Record<Side, Pick<RankingPolicy, 'heads'>>>) {
    this.#signals = signals.map((signal) => ({
      ...{ answers: [], rows: [], ends: [] },
      heads: (['baseline', 'candidate'] as const).flatMap((side) =>
        policies[side].heads
          .filter(
            ({ name, kind }) => kind === 'probability' && signal.kind === 'binary' && name === signal.name,
          )
          .map(({ name, output }) => ({ side, head: name, output, values: [] })),
      ),
    }));
  }

  /** Feedback of the requests of a batch with its `observedRows`, and both models' outputs of all their candidates. */
  add(
    feedback: readonly Float32Array[],
    observed: readonly Int32Array[],
    outputs: Readonly<Record<Side, HeadOutputs>>,
  ): void {
    let from = 0;
    for (const [at, answered] of feedback.entries()) {
      for (const row of observed[at] ?? []) this.#observe(answered, row, from + row);
      for (const { answers, ends } of this.#signals) ends.push(answers.length);
      from += answered.length / this.#signals.length;
    }
    for (const { rows, heads } of this.#signals) {
      for (const { side, output, values } of heads) {
        const predictions = outputs[side].get(output);
        const own = rowsOfValues.row(rows.length);
        for (let at = 0; at < rows.length; at += 1) own[at] = predictions?.[rows[at] ?? -1] ?? NaN;
        values.push(own);
      }
      rows.length = 0;
    }
  }

  /** Of the heads whose signal was observed at all. */
  get predictions(): HeadPredictions[] {
    return this.#signals.flatMap(({ answers, ends, heads }) => {
      if (answers.length === 0) return [];
      const shared = { observed: Float32Array.from(answers), ends: Uint32Array.from(ends) };
      return heads.map(({ side, head, values }) => ({
        ...{ head, side, ...shared },
        predicted: joined(values, new Float32Array(answers.length)),
      }));
    });
  }

  /** `row`: the candidate's in the feedback; `batchRow`: in the batch. */
  #observe(feedback: Float32Array, row: number, batchRow: number): void {
    const signals = this.#signals;
    for (let column = 0; column < signals.length; column += 1) {
      const answer = feedback[row * signals.length + column] ?? NaN;
      const observed = signals[column];
      if (Number.isNaN(answer) || observed === undefined || observed.heads.length === 0) continue;
      observed.answers.push(answer);
      observed.rows.push(batchRow);
    }
  }
}
