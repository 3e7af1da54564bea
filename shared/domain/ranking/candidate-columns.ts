import { codesOf } from './item-codes.ts';
import type { Candidate, CandidateItem } from './request.ts';

/**
 * Items with what a replay counts of them in columns, by the place an item has here: to follow each item from a
 * candidate to its texts takes as long as ranking, because they lie all over the memory.
 */
export class ItemColumns {
  readonly items: CandidateItem[] = [];
  /** As `ItemCodes` has them. */
  author = new Int32Array(INITIAL);
  category = new Int32Array(INITIAL);
  language = new Int32Array(INITIAL);
  uploaded = new Float64Array(INITIAL);
  /** The place of the item's labels in `labelLists`, 0 where it carries none. */
  labels = new Int32Array(INITIAL);
  readonly labelLists: (readonly string[])[] = [[]];
  readonly #listPlaces = new Map([['', 0]]);

  /** Answers the place of a new item. */
  add(item: CandidateItem): number {
    const place = this.items.push(item) - 1;
    if (place === this.labels.length) this.#grow(2 * place);
    const { author, category, language, uploaded } = codesOf(item);
    this.author[place] = author;
    this.category[place] = category;
    this.language[place] = language;
    this.uploaded[place] = uploaded;
    this.labels[place] = this.#listPlace(item.labels);
    return place;
  }

  #listPlace(labels: readonly string[]): number {
    const key = labels.join('\u001f');
    const known = this.#listPlaces.get(key) ?? this.labelLists.push(labels) - 1;
    this.#listPlaces.set(key, known);
    return known;
  }

  #grow(length: number): void {
    const grown = <Column extends Int32Array | Float64Array>(from: Column, to: Column): Column => {
      to.set(from);
      return to;
    };
    this.author = grown(this.author, new Int32Array(length));
    this.category = grown(this.category, new Int32Array(length));
    this.language = grown(this.language, new Int32Array(length));
    this.uploaded = grown(this.uploaded, new Float64Array(length));
    this.labels = grown(this.labels, new Int32Array(length));
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
