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

/** What users said to the candidates of some requests, by signal; looked up once for both sides. */
export class Observations {
  readonly signals: readonly Signal[];
  readonly #requests: readonly SnapshotRequest<Candidates>[];
  readonly #known = new Map<number, Observed>();

  constructor(signals: readonly Signal[], requests: readonly SnapshotRequest<Candidates>[]) {
    this.signals = signals;
    this.#requests = requests;
  }

  of(column: number): Observed {
    const known = this.#known.get(column) ?? this.#read(column);
    this.#known.set(column, known);
    return known;
  }

  #read(column: number): Observed {
    const width = this.signals.length;
    const indexes: number[] = [];
    const answers: number[] = [];
    const ends = new Uint32Array(this.#requests.length);
    for (const [request, { feedback }] of this.#requests.entries()) {
      for (let at = column, index = 0; at < feedback.length; at += width, index += 1) {
        const answer = feedback[at] ?? NaN;
        if (Number.isNaN(answer)) continue;
        indexes.push(index);
        answers.push(answer);
      }
      ends[request] = indexes.length;
    }
    return { indexes, answers: Float32Array.from(answers), ends };
  }
}

/** Candidates that something was observed of, request after request. */
interface Observed {
  readonly indexes: readonly number[];
  readonly answers: Float32Array;
  /** Where those of each request end. */
  readonly ends: Uint32Array;
}

/**
 * What the heads of a policy predicted in some requests, beside what was observed. A head is held against the binary
 * signal of its own name, and only when it predicts a probability.
 */
export function headPredictions(
  side: HeadPredictions['side'],
  { heads }: RankingPolicy,
  observations: Observations,
  outputs: readonly HeadOutputs[],
): HeadPredictions[] {
  const { signals } = observations;
  return heads.flatMap(({ name, output, kind }) => {
    const column = signals.findIndex((signal) => signal.name === name && signal.kind === 'binary');
    if (kind !== 'probability' || column === -1) return [];
    const { indexes, answers, ends } = observations.of(column);
    if (indexes.length === 0) return [];
    const predicted = new Float32Array(indexes.length);
    let at = 0;
    for (const [request, end] of ends.entries()) {
      const scores = outputs[request]?.get(output);
      for (; at < end; at += 1) predicted[at] = scores?.[indexes[at] ?? -1] ?? NaN;
    }
    return [{ head: name, side, predicted, observed: answers, ends }];
  });
}

/** Notes whose items the feeds of a batch's requests show. */
export class AuthorTally {
  readonly #topK: number;
  readonly #authors: string[] = [];
  readonly #baseline: Int32Array;
  readonly #candidate: Int32Array;
  #requests = 0;

  constructor(topK: number, requests: number) {
    this.#topK = topK;
    places.begin();
    this.#baseline = new Int32Array(topK * requests);
    this.#candidate = new Int32Array(topK * requests);
  }

  add(candidates: CandidateColumns, baseline: Ranking, candidate: Ranking): void {
    const { length, items, places } = candidates;
    for (let at = 0; at < length; at += 1) this.#placeOf(items.author(places[at] ?? -1));
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
    const place = places.of(author);
    if (place === this.#authors.length) this.#authors.push(authors.textOf(author));
    return place;
  }

  #show(shown: Int32Array, { items, places }: CandidateColumns, { order, feedLength }: Ranking): void {
    const from = this.#requests * this.#topK;
    const length = Math.min(this.#topK, feedLength);
    shown.fill(-1, from + length, from + this.#topK);
    for (let at = 0; at < length; at += 1)
      shown[from + at] = this.#placeOf(items.author(places[order[at] ?? -1] ?? -1));
  }
}
