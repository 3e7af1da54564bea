import type {
  CandidateColumns,
  ItemColumns,
  ItemFacts,
} from '../../../shared/domain/ranking/candidate-columns.ts';
import type { Candidate, CandidateItem } from '../../../shared/domain/ranking/request.ts';

/** Columns as they are read of a request. */
type Read = Pick<CandidateColumns, 'items' | 'places' | 'inNetwork' | 'loggedPosition' | 'propensity'>;

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

  /** `loggedScores` reads a column that hardly any policy asks for; NaN where none was logged. */
  constructor(
    { items, places, inNetwork, loggedPosition, propensity }: Read,
    loggedScores: () => ArrayLike<number>,
  ) {
    this.length = places.length;
    this.items = items;
    this.places = places;
    this.facts = items.factsOf(places);
    this.inNetwork = inNetwork;
    this.loggedPosition = loggedPosition;
    this.propensity = propensity;
    this.#at = new MovedCandidate(this, loggedScores);
  }

  at(index: number): Candidate | undefined {
    if (index < 0 || index >= this.length) return undefined;
    this.#at.ordinal = index;
    return this.#at;
  }
}

class MovedCandidate implements Candidate {
  ordinal = 0;
  readonly #columns: ReadCandidates;
  readonly #readScores: () => ArrayLike<number>;
  #scores: ArrayLike<number> | null = null;

  constructor(columns: ReadCandidates, readScores: () => ArrayLike<number>) {
    this.#columns = columns;
    this.#readScores = readScores;
  }

  get item(): CandidateItem {
    const { items, places } = this.#columns;
    const item = items.items[places[this.ordinal] ?? -1];
    if (item === undefined) throw new RangeError(`no candidate ${this.ordinal}`);
    return item;
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
    this.#scores ??= this.#readScores();
    return orNull(this.#scores[this.ordinal]);
  }
}

const orNull = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;
