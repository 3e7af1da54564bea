import { exposureOf } from '../../../shared/domain/metrics/exposure.ts';
import type { RankingPolicy } from '../../../shared/domain/ranking/policy.ts';
import type { Ranking } from '../../../shared/domain/ranking/rank.ts';
import type { HeadOutputs } from '../../../shared/domain/ranking/request.ts';
import type { AuthorExposure, HeadPredictions } from '../../../shared/domain/replay/tally.ts';
import type { Signal } from '../../../shared/domain/snapshot/meta.ts';
import type { SnapshotRequest } from '../../database/snapshot/reader.ts';

/** Exposure is counted in whole multiples of this. */
const STEP = 2 ** -20;

/**
 * What the heads of a policy predicted in some requests, beside what was observed. A head is held against the binary
 * signal of its own name, and only when it predicts a probability.
 */
export function headPredictions(
  side: HeadPredictions['side'],
  { heads }: RankingPolicy,
  signals: readonly Signal[],
  requests: readonly SnapshotRequest[],
  outputs: readonly HeadOutputs[],
): HeadPredictions[] {
  const rows = requests.reduce((sum, { candidates }) => sum + candidates.length, 0);
  return heads.flatMap(({ name, output, kind }) => {
    const column = signals.findIndex((signal) => signal.name === name && signal.kind === 'binary');
    if (kind !== 'probability' || column === -1) return [];
    const predicted = new Float32Array(rows);
    const observed = new Float32Array(rows);
    let kept = 0;
    for (const [at, { candidates, feedback }] of requests.entries()) {
      const scores = outputs[at]?.get(output);
      for (let index = 0; index < candidates.length; index += 1) {
        const outcome = feedback[index * signals.length + column] ?? NaN;
        if (Number.isNaN(outcome)) continue;
        predicted[kept] = scores?.[index] ?? NaN;
        observed[kept] = outcome;
        kept += 1;
      }
    }
    return kept === 0
      ? []
      : [{ head: name, side, predicted: predicted.slice(0, kept), observed: observed.slice(0, kept) }];
  });
}

/** Adds up whom the feeds of some requests show. */
export class AuthorTally {
  readonly #topK: number;
  readonly #exposure = new Map<string, { baseline: number; candidate: number }>();

  constructor(topK: number) {
    this.#topK = topK;
  }

  add({ candidates }: SnapshotRequest, baseline: Ranking, candidate: Ranking): void {
    for (const { item } of candidates) {
      if (item.authorId !== null && !this.#exposure.has(item.authorId))
        this.#exposure.set(item.authorId, { baseline: 0, candidate: 0 });
    }
    for (const [side, { order, feedLength }] of [
      ['baseline', baseline],
      ['candidate', candidate],
    ] as const) {
      for (let at = 0; at < Math.min(this.#topK, feedLength); at += 1) {
        const author = candidates[order[at] ?? -1]?.item.authorId ?? null;
        const sides = author === null ? undefined : this.#exposure.get(author);
        if (sides !== undefined) sides[side] += Math.round(exposureOf(at + 1) / STEP);
      }
    }
  }

  get exposure(): AuthorExposure {
    const sides = [...this.#exposure.values()];
    return {
      authors: [...this.#exposure.keys()],
      baseline: Float64Array.from(sides, ({ baseline }) => baseline),
      candidate: Float64Array.from(sides, ({ candidate }) => candidate),
    };
  }
}
