import type { CandidateColumns, Candidates } from '../../../shared/domain/ranking/candidate-columns.ts';
import { CodePlaces } from '../../../shared/domain/ranking/code-places.ts';
import { authors } from '../../../shared/domain/ranking/item-codes.ts';
import type { RankingPolicy } from '../../../shared/domain/ranking/policy.ts';
import type { Ranking } from '../../../shared/domain/ranking/rank.ts';
import type { HeadOutputs } from '../../../shared/domain/ranking/request.ts';
import type { ShownAuthors } from '../../../shared/domain/replay/author-exposure.ts';
import type { HeadPredictions } from '../../../shared/domain/replay/tally.ts';
import type { Signal } from '../../../shared/domain/snapshot/meta.ts';
import type { SnapshotRequest } from '../../database/snapshot/request.ts';

const places = new CodePlaces();

/**
 * What the heads of a policy predicted in some requests, beside what was observed. A head is held against the binary
 * signal of its own name, and only when it predicts a probability.
 */
export function headPredictions(
  side: HeadPredictions['side'],
  { heads }: RankingPolicy,
  signals: readonly Signal[],
  requests: readonly SnapshotRequest<Candidates>[],
  outputs: readonly HeadOutputs[],
): HeadPredictions[] {
  const rows = requests.reduce((sum, { candidates }) => sum + candidates.length, 0);
  return heads.flatMap(({ name, output, kind }) => {
    const column = signals.findIndex((signal) => signal.name === name && signal.kind === 'binary');
    if (kind !== 'probability' || column === -1) return [];
    const predicted = new Float32Array(rows);
    const observed = new Float32Array(rows);
    const ends = new Uint32Array(requests.length);
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
      ends[at] = kept;
    }
    return kept === 0
      ? []
      : [{ head: name, side, predicted: predicted.slice(0, kept), observed: observed.slice(0, kept), ends }];
  });
}

/** Notes whose items the feeds of a batch's requests show. */
export class AuthorTally {
  readonly #topK: number;
  readonly #mark = places.begin();
  readonly #authors: string[] = [];
  readonly #baseline: Int32Array;
  readonly #candidate: Int32Array;
  #requests = 0;

  constructor(topK: number, requests: number) {
    this.#topK = topK;
    this.#baseline = new Int32Array(topK * requests);
    this.#candidate = new Int32Array(topK * requests);
  }

  add(candidates: CandidateColumns, baseline: Ranking, candidate: Ranking): void {
    const { length, items, places } = candidates;
    for (let at = 0; at < length; at += 1) this.#placeOf(items.author[places[at] ?? -1] ?? -1);
    this.#show(this.#baseline, candidates, baseline);
    this.#show(this.#candidate, candidates, candidate);
    this.#requests += 1;
  }

  get shown(): ShownAuthors {
    return { authors: this.#authors, baseline: this.#baseline, candidate: this.#candidate };
  }

  /** −1: nobody is named. */
  #placeOf(author: number): number {
    if (author === -1) return -1;
    const met = this.#authors.length;
    const place = places.of(this.#mark, author, met);
    if (place === met) this.#authors.push(authors.textOf(author));
    return place;
  }

  #show(shown: Int32Array, { items, places }: CandidateColumns, { order, feedLength }: Ranking): void {
    const from = this.#requests * this.#topK;
    const length = Math.min(this.#topK, feedLength);
    shown.fill(-1, from + length, from + this.#topK);
    for (let at = 0; at < length; at += 1)
      shown[from + at] = this.#placeOf(items.author[places[order[at] ?? -1] ?? -1] ?? -1);
  }
}
