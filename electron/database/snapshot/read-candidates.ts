import type {
  CandidateColumns,
  ItemColumns,
  ItemFacts,
} from '../../../shared/domain/ranking/candidate-columns.ts';
import { authors, valueOfKind } from '../../../shared/domain/ranking/item-codes.ts';
import type { Attributes, Candidate, CandidateItem } from '../../../shared/domain/ranking/request.ts';

/** Columns as they are read of a request. */
type Read = Pick<CandidateColumns, 'items' | 'places' | 'inNetwork' | 'loggedPosition' | 'propensity'>;

/** Reads what hardly any policy asks for, of all candidates of the request at once. */
interface Later {
  /** NaN where none was logged. */
  scores(): ArrayLike<number>;
  items(): readonly (CandidateItem | undefined)[];
}

/** The candidates of a request as they are read: columns, and one object that is moved from candidate to candidate. */
export class ReadCandidates implements CandidateColumns {
  readonly length: number;
  readonly items: ItemColumns;
  readonly places: Int32Array;
  readonly facts: ItemFacts;
  readonly inNetwork: Uint8Array;
  readonly loggedPosition: Float64Array;
  readonly propensity: Float64Array;
  readonly #at: MovedCandidate;

  constructor({ items, places, inNetwork, loggedPosition, propensity }: Read, later: Later) {
    this.length = places.length;
    this.items = items;
    this.places = places;
    this.facts = items.factsOf(places);
    this.inNetwork = inNetwork;
    this.loggedPosition = loggedPosition;
    this.propensity = propensity;
    this.#at = new MovedCandidate(this, later);
  }

  at(index: number): Candidate | undefined {
    if (index < 0 || index >= this.length) return undefined;
    this.#at.ordinal = index;
    return this.#at;
  }
}

/** A candidate and its item in one. */
class MovedCandidate implements Candidate, CandidateItem {
  ordinal = 0;
  readonly #columns: ReadCandidates;
  readonly #later: Later;
  #scores: ArrayLike<number> | null = null;
  #items: readonly (CandidateItem | undefined)[] | null = null;

  constructor(columns: ReadCandidates, later: Later) {
    this.#columns = columns;
    this.#later = later;
  }

  get item(): CandidateItem {
    return this;
  }

  get inNetwork(): 0 | 1 {
    return this.#columns.inNetwork[this.ordinal] === 1 ? 1 : 0;
  }

  get loggedPosition(): number | null {
    return orNull(this.#columns.loggedPosition[this.ordinal]);
  }

  get propensity(): number | null {
    return orNull(this.#columns.propensity[this.ordinal]);
  }

  get loggedScore(): number | null {
    this.#scores ??= this.#later.scores();
    return orNull(this.#scores[this.ordinal]);
  }

  get itemId(): string {
    return this.#columns.items.id(this.#place);
  }

  get authorId(): string | null {
    const author = this.#columns.facts.author(this.ordinal);
    return author === -1 ? null : authors.textOf(author);
  }

  get category(): string | null {
    return valueOfKind(this.#columns.facts.category(this.ordinal));
  }

  get language(): string | null {
    return valueOfKind(this.#columns.facts.language(this.ordinal));
  }

  get durationMs(): number | null {
    return this.#columns.items.duration(this.#place);
  }

  get labels(): readonly string[] {
    return this.#columns.items.labelLists[this.#columns.facts.labels(this.ordinal)] ?? [];
  }

  get caption(): string | null {
    return this.#whole.caption;
  }

  get uploadedAt(): string | null {
    return this.#whole.uploadedAt;
  }

  get attributes(): Attributes {
    return this.#whole.attributes;
  }

  get #place(): number {
    return this.#columns.places[this.ordinal] ?? -1;
  }

  get #whole(): CandidateItem {
    this.#items ??= this.#later.items();
    const item = this.#items[this.ordinal];
    if (item === undefined) throw new RangeError(`no candidate ${this.ordinal}`);
    return item;
  }
}

const orNull = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;
