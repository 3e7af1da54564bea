import { codesOf } from './item-codes.ts';
import type { Candidate, CandidateItem } from './request.ts';

/** Whole numbers of one item's row: half of a line of the processor's cache. */
const ROW = 8;

/**
 * Items with what a replay counts of them as numbers, by the place an item has here. What is known of one item stands side
 * by side, because the items of a request lie all over the memory and each way there takes as long as ranking.
 */
export class ItemColumns {
  readonly items: CandidateItem[] = [];
  readonly ids: string[] = [];
  readonly labelLists: (readonly string[])[] = [[]];
  readonly #listPlaces = new Map([['', 0]]);
  #facts = new Int32Array(INITIAL * ROW);
  #times = new Float64Array(this.#facts.buffer);

  /** As `ItemCodes` has it, −1 also where there is no such place. */
  author(place: number): number {
    return this.#facts[place * ROW] ?? -1;
  }

  category(place: number): number {
    return this.#facts[place * ROW + 1] ?? -1;
  }

  language(place: number): number {
    return this.#facts[place * ROW + 2] ?? -1;
  }

  /** The place of the item's labels in `labelLists`, 0 where it carries none. */
  labels(place: number): number {
    return this.#facts[place * ROW + 3] ?? 0;
  }

  uploaded(place: number): number {
    return this.#times[place * (ROW / 2) + 2] ?? NaN;
  }

  /** Answers the place of a new item. */
  add(item: CandidateItem): number {
    const place = this.items.push(item) - 1;
    this.ids.push(item.itemId);
    if (place * ROW === this.#facts.length) this.#grow();
    const { author, category, language, uploaded } = codesOf(item);
    this.#facts.set([author, category, language, this.#listPlace(item.labels)], place * ROW);
    this.#times[place * (ROW / 2) + 2] = uploaded;
    return place;
  }

  #listPlace(labels: readonly string[]): number {
    const key = labels.join('\u001f');
    const known = this.#listPlaces.get(key) ?? this.labelLists.push(labels) - 1;
    this.#listPlaces.set(key, known);
    return known;
  }

  #grow(): void {
    const grown = new Int32Array(2 * this.#facts.length);
    grown.set(this.#facts);
    this.#facts = grown;
    this.#times = new Float64Array(grown.buffer);
  }
}

const INITIAL = 128;

/** The candidates of a request in columns, by candidate index. */
export interface CandidateColumns {
  readonly length: number;
  readonly items: ItemColumns;
  /** Of each candidate's item in `items`. */
  readonly places: Int32Array;
  /** 1 or 0. */
  readonly inNetwork: Uint8Array;
  /** NaN where the log did not show the candidate. */
  readonly loggedPosition: Float64Array;
  /** NaN where none was logged. */
  readonly propensity: Float64Array;
  /** One candidate; it may be the same object at every call, so take what you need from it before the next. */
  at(index: number): Candidate | undefined;
}

/** Candidates as a list, or in columns where there are so many that an object for each costs more than ranking them. */
export type Candidates = readonly Candidate[] | CandidateColumns;

const made = new WeakMap<readonly Candidate[], CandidateColumns>();

/** The same candidates in columns; of a list they are made once. */
export function candidateColumns(candidates: Candidates): CandidateColumns {
  if (!isList(candidates)) return candidates;
  const known = made.get(candidates) ?? columnsOfList(candidates);
  made.set(candidates, known);
  return known;
}

/** `Array.isArray` does not tell a readonly array from what is none. */
const isList = (candidates: Candidates): candidates is readonly Candidate[] => Array.isArray(candidates);

function columnsOfList(candidates: readonly Candidate[]): CandidateColumns {
  const items = new ItemColumns();
  return {
    length: candidates.length,
    items,
    places: Int32Array.from(candidates, ({ item }) => items.add(item)),
    inNetwork: Uint8Array.from(candidates, ({ inNetwork }) => inNetwork),
    loggedPosition: Float64Array.from(candidates, ({ loggedPosition }) => loggedPosition ?? NaN),
    propensity: Float64Array.from(candidates, ({ propensity }) => propensity ?? NaN),
    at: (index) => candidates[index],
  };
}
