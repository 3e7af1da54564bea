import { Bits } from '../../../shared/domain/memory/bits.ts';
import type { CandidateColumns, ItemFacts } from '../../../shared/domain/ranking/candidate-columns.ts';
import { CodePlaces } from '../../../shared/domain/ranking/code-places.ts';
import { authors } from '../../../shared/domain/ranking/item-codes.ts';
import type { Ranking } from '../../../shared/domain/ranking/rank.ts';
import type { ShownAuthors } from '../../../shared/domain/replay/author-exposure.ts';
import { packedIds } from './packed-ids.ts';

const places = new CodePlaces();
/** Authors whom this thread has named in the replay it works for. */
const named = new Bits();
let namedIn = '';

/**
 * Notes whose items the feeds of a block's requests show; one block of a thread after another. Who is shown in no feed is
 * named by the first block of a thread that meets an item of theirs: whoever takes all blocks of a replay in learns of
 * everybody, and to name the same thousands again with every block takes as long as ranking it.
 */
export class AuthorTally {
  readonly #topK: number;
  readonly #authors: (string | number)[] = [];
  readonly #baseline: Int32Array;
  readonly #candidate: Int32Array;
  #requests = 0;

  /** `replay` tells one replay from another. */
  constructor(topK: number, requests: number, replay: string) {
    this.#topK = topK;
    this.#baseline = new Int32Array(topK * requests);
    this.#candidate = new Int32Array(topK * requests);
    places.begin();
    if (replay === namedIn) return;
    named.clear();
    namedIn = replay;
  }

  add(candidates: CandidateColumns, baseline: Ranking, candidate: Ranking): void {
    const { length, facts } = candidates;
    for (let at = 0; at < length; at += 1) this.#name(facts.author(at));
    this.#show(this.#baseline, facts, baseline);
    this.#show(this.#candidate, facts, candidate);
    this.#requests += 1;
  }

  get shown(): ShownAuthors {
    return { authors: packedIds(this.#authors), baseline: this.#baseline, candidate: this.#candidate };
  }

  #name(author: number): void {
    if (author !== -1 && named.add(author)) this.#placeOf(author);
  }

  /** −1: nobody is named. */
  #placeOf(author: number): number {
    if (author === -1) return -1;
    const place = places.of(author);
    if (place === this.#authors.length) this.#authors.push(authors.idOf(author));
    return place;
  }

  #show(shown: Int32Array, facts: ItemFacts, { order, feedLength }: Ranking): void {
    const from = this.#requests * this.#topK;
    const length = Math.min(this.#topK, feedLength);
    shown.fill(-1, from + length, from + this.#topK);
    for (let at = 0; at < length; at += 1) shown[from + at] = this.#placeOf(facts.author(order[at] ?? -1));
  }
}
