import { Slab } from '../memory/slab.ts';
import { codesOf, idKey } from './item-codes.ts';
import type { Candidate, CandidateItem } from './request.ts';

/** Whole numbers of one item's row: a quarter of a line of the processor's cache. */
const ROW = 4;

/** What columns hold of an item. */
export type ColumnItem = Omit<CandidateItem, 'caption' | 'attributes'>;

/**
 * Items as numbers, by the place an item has here: a hundred bytes of each, so that those of a large snapshot fit. What is
 * known of one item stands side by side, because the items of a request lie all over the memory and each way there takes
 * as long as ranking.
 */
export class ItemColumns {
  readonly labelLists: (readonly string[])[] = [[]];
  readonly #listPlaces = new Map([['', 0]]);
  readonly #profiles = new Profiles();
  #ids: string[] = roomFor(INITIAL, '');
  #keys: (string | number)[] = roomFor(INITIAL, 0);
  /** Author, profile plus 1: 0 where no item stands; then, as a float, when it was uploaded. */
  #rows = new Int32Array(INITIAL * ROW);
  #times = new Float64Array(this.#rows.buffer);
  #durations = new Float64Array(INITIAL);
  #size = 0;

  /** How many items there are. */
  get size(): number {
    return this.#size;
  }

  /** Whether an item stands at a place. */
  has(place: number): boolean {
    return (this.#rows[place * ROW + 1] ?? 0) > 0;
  }

  /** Puts an item at a place where none stands; memory grows with the largest place. */
  put(place: number, item: ColumnItem): void {
    if (place * ROW >= this.#rows.length) this.#grow(2 * place);
    this.#size += 1;
    this.#ids[place] = item.itemId;
    this.#keys[place] = idKey(item.itemId);
    const { author, category, language, uploaded } = codesOf(item);
    const profile = this.#profiles.of(category, language, this.#listPlace(item.labels));
    this.#rows.set([author, profile + 1], place * ROW);
    this.#times[place * (ROW / 2) + 1] = uploaded;
    this.#durations[place] = item.durationMs ?? NaN;
  }

  /** '' where no item stands. */
  id(place: number): string {
    return this.#ids[place] ?? '';
  }

  /** `idKey` of the item. */
  key(place: number): string | number {
    return this.#keys[place] ?? '';
  }

  /** Milliseconds; null unknown. */
  duration(place: number): number | null {
    const known = this.#durations[place] ?? NaN;
    return Number.isNaN(known) ? null : known;
  }

  /** What is known of items at some places. */
  factsOf(places: Int32Array): ItemFacts {
    const codes = rowsOfCodes.row(CODES * places.length);
    const uploaded = rowsOfTimes.row(places.length);
    const [rows, times] = [this.#rows, this.#times];
    // nothing here waits for what memory answers, so that the ways there are gone side by side
    for (let index = 0; index < places.length; index += 1) {
      const row = (places[index] ?? 0) * ROW;
      codes[CODES * index] = rows[row] ?? -1;
      codes[CODES * index + 1] = (rows[row + 1] ?? 0) - 1;
      uploaded[index] = times[row / 2 + 1] ?? NaN;
    }
    return new ItemFacts(codes, uploaded, this.#profiles);
  }

  #listPlace(labels: readonly string[]): number {
    const key = labels.join('\u001f');
    const known = this.#listPlaces.get(key) ?? this.labelLists.push(labels) - 1;
    this.#listPlaces.set(key, known);
    return known;
  }

  #grow(places: number): void {
    const grown = new Int32Array(places * ROW);
    grown.set(this.#rows);
    this.#rows = grown;
    this.#times = new Float64Array(grown.buffer);
    const durations = new Float64Array(places);
    durations.set(this.#durations);
    this.#durations = durations;
    this.#ids = this.#ids.concat(roomFor(places - this.#ids.length, ''));
    this.#keys = this.#keys.concat(roomFor(places - this.#keys.length, 0));
  }
}

const INITIAL = 128;

/** Category, language and place of the labels of items that have all three in common. */
class Profiles {
  readonly #numbers = new Map<string, number>();
  readonly categories: number[] = [];
  readonly languages: number[] = [];
  readonly labels: number[] = [];

  /** The number of a profile, from 0. */
  of(category: number, language: number, labels: number): number {
    const key = `${category} ${language} ${labels}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.labels.length);
    this.categories.push(category);
    this.languages.push(language);
    return this.labels.push(labels) - 1;
  }
}

// without gaps, so that reading stays fast
const roomFor = <Value>(length: number, value: Value): Value[] => Array.from({ length }, () => value);

/** Whole numbers that are kept of one candidate's item. */
const CODES = 2;
const rowsOfCodes = new Slab((length) => new Int32Array(length));
const rowsOfTimes = new Slab((length) => new Float64Array(length));

/** What a replay counts of the items of one request, by candidate index. */
export class ItemFacts {
  readonly #codes: Int32Array;
  readonly #uploaded: Float64Array;
  readonly #profiles: Profiles;

  constructor(codes: Int32Array, uploaded: Float64Array, profiles: Profiles) {
    this.#codes = codes;
    this.#uploaded = uploaded;
    this.#profiles = profiles;
  }

  /** As `ItemCodes` has it, −1 also where there is no such candidate. */
  author(index: number): number {
    return this.#codes[CODES * index] ?? -1;
  }

  category(index: number): number {
    return this.#profiles.categories[this.#profile(index)] ?? -1;
  }

  language(index: number): number {
    return this.#profiles.languages[this.#profile(index)] ?? -1;
  }

  /** The place of the item's labels in `labelLists`, 0 where it carries none. */
  labels(index: number): number {
    return this.#profiles.labels[this.#profile(index)] ?? 0;
  }

  #profile(index: number): number {
    return this.#codes[CODES * index + 1] ?? -1;
  }

  /** Milliseconds since 1970; NaN unknown. */
  uploaded(index: number): number {
    return this.#uploaded[index] ?? NaN;
  }
}

/** The candidates of a request in columns, by candidate index. */
export interface CandidateColumns {
  readonly length: number;
  readonly items: ItemColumns;
  /** Of each candidate's item in `items`. */
  readonly places: Int32Array;
  readonly facts: ItemFacts;
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
  const places = Int32Array.from(candidates.keys());
  for (const [place, { item }] of candidates.entries()) items.put(place, item);
  return {
    length: candidates.length,
    items,
    places,
    facts: items.factsOf(places),
    inNetwork: Uint8Array.from(candidates, ({ inNetwork }) => inNetwork),
    loggedPosition: Float64Array.from(candidates, ({ loggedPosition }) => loggedPosition ?? NaN),
    propensity: Float64Array.from(candidates, ({ propensity }) => propensity ?? NaN),
    at: (index) => candidates[index],
  };
}
