import { exposureOf } from '../../../shared/domain/metrics/exposure.ts';
import { CodePlaces } from '../../../shared/domain/ranking/code-places.ts';
import { authors, codesOf } from '../../../shared/domain/ranking/item-codes.ts';
import type { RankingPolicy } from '../../../shared/domain/ranking/policy.ts';
import type { Ranking } from '../../../shared/domain/ranking/rank.ts';
import type { CandidateItem, HeadOutputs } from '../../../shared/domain/ranking/request.ts';
import type { AuthorExposure, HeadPredictions } from '../../../shared/domain/replay/tally.ts';
import type { Signal } from '../../../shared/domain/snapshot/meta.ts';
import type { SnapshotRequest } from '../../database/snapshot/reader.ts';

const places = new CodePlaces();
/** Authors of a request's candidates; grows to the longest request. */
let offered = new Int32Array(0);

function authorOf(item: CandidateItem | undefined): number {
  return item === undefined ? -1 : (item.codes ?? codesOf(item)).author;
}

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
  /** What each place is worth in steps, from the first. */
  readonly #worth: Float64Array;
  readonly #mark = places.begin();
  readonly #authors: string[] = [];
  readonly #baseline: number[] = [];
  readonly #candidate: number[] = [];

  constructor(topK: number) {
    this.#topK = topK;
    this.#worth = Float64Array.from({ length: topK }, (_, at) => Math.round(exposureOf(at + 1) / STEP));
  }

  add({ candidates }: SnapshotRequest, baseline: Ranking, candidate: Ranking): void {
    const { length } = candidates;
    if (offered.length < length) offered = new Int32Array(2 * length);
    // apart from what is done with them, so that the processor fetches many items at a time
    for (let at = 0; at < length; at += 1) offered[at] = authorOf(candidates[at]?.item);
    for (let at = 0; at < length; at += 1) this.#placeOf(offered[at] ?? -1);
    this.#show(this.#baseline, candidates, baseline);
    this.#show(this.#candidate, candidates, candidate);
  }

  get exposure(): AuthorExposure {
    return {
      authors: this.#authors,
      baseline: new Float64Array(this.#baseline),
      candidate: new Float64Array(this.#candidate),
    };
  }

  /** −1: nobody is named. */
  #placeOf(author: number): number {
    if (author === -1) return -1;
    const met = this.#authors.length;
    const place = places.of(this.#mark, author, met);
    if (place === met) {
      this.#authors.push(authors.textOf(author));
      this.#baseline.push(0);
      this.#candidate.push(0);
    }
    return place;
  }

  #show(sums: number[], candidates: SnapshotRequest['candidates'], { order, feedLength }: Ranking): void {
    for (let at = 0; at < Math.min(this.#topK, feedLength); at += 1) {
      const place = this.#placeOf(authorOf(candidates[order[at] ?? -1]?.item));
      if (place !== -1) sums[place] = (sums[place] ?? 0) + (this.#worth[at] ?? 0);
    }
  }
}
