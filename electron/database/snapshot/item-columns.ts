import type Database from 'better-sqlite3';
import { ItemColumns, type ColumnItem } from '../../../shared/domain/ranking/candidate-columns.ts';
import type { IdOrder } from '../../../shared/domain/ranking/request.ts';
import { jsonIds } from './ids.ts';
import { LABELS, labelsOf } from './item-labels.ts';
import { IdPlaces } from '../../../shared/domain/ranking/id-places.ts';

type Row = [
  itemId: string,
  authorId: string | null,
  category: string | null,
  language: string | null,
  durationMs: number | null,
  uploadedAt: string | null,
  labels: string | null,
];

const ITEMS = `
  SELECT CAST(item_id AS TEXT), CAST(author_id AS TEXT), CAST(category AS TEXT), CAST(language AS TEXT),
    CAST(duration_ms AS INTEGER), CAST(uploaded_at AS TEXT), ${LABELS}
  FROM json_each(?) wanted CROSS JOIN item ON item_id = wanted.value`;

/** So many items stay in memory, about a hundred bytes each, however large the snapshot. */
const MOST = 2 ** 20;

/** Integers from 0 to below this are themselves the places of their items: forty bytes each up to the largest that is met. */
const SMALL = 2 ** 18;

/** What replays count of a snapshot's items, read once each. */
export class ReadItemColumns {
  readonly #idOrder: IdOrder;
  readonly #most: number;
  readonly #rows: Database.Statement<[string], Row>;
  #columns = new ItemColumns();
  /** null while every id is a small integer, which needs no looking up: each way through memory takes as long as ranking. */
  #places: IdPlaces | null = null;

  /** `most`: how many items are kept at once, or those of one request where it has more. */
  constructor(db: Database.Database, idOrder: IdOrder, most = MOST) {
    this.#idOrder = idOrder;
    this.#most = most;
    this.#rows = db.prepare<[string], Row>(ITEMS).raw();
  }

  /**
   * Columns that hold the items with these ids; their places in them are written to `places`. null where the table lacks
   * one of them. Other columns are begun when these are full, and those that were answered before stay as they are.
   */
  columnsOf(ids: ArrayLike<string | number>, places: Int32Array): ItemColumns | null {
    if (this.#columns.size + ids.length > this.#most) this.#begin(this.#places === null);
    return this.#find(ids, places) || (this.#meet(ids) && this.#find(ids, places)) ? this.#columns : null;
  }

  #begin(small: boolean): void {
    this.#columns = new ItemColumns();
    this.#places = small ? null : new IdPlaces();
  }

  /** Whether the columns hold all of them. */
  #find(ids: ArrayLike<string | number>, places: Int32Array): boolean {
    let all = true;
    for (let at = 0; at < ids.length; at += 1) {
      const place = this.#placeOf(ids[at] ?? '');
      if (place === -1) all = false;
      places[at] = place;
    }
    return all;
  }

  /** −1 where the columns lack the item. */
  #placeOf(id: string | number): number {
    if (this.#places !== null) return this.#places.get(id);
    return typeof id === 'number' && this.#columns.has(id) ? id : -1;
  }

  /** Takes in those that the columns lack; whether the table has them all. */
  #meet(ids: ArrayLike<string | number>): boolean {
    if (this.#places === null && !Array.from(ids).every(isSmall)) this.#begin(false);
    const missing = Array.from(ids).filter((id) => this.#placeOf(id) === -1);
    const read = new Map<string, ColumnItem>();
    for (const [itemId, authorId, category, language, durationMs, uploadedAt, labels] of this.#rows.all(
      jsonIds(missing.map(String), this.#idOrder),
    ))
      read.set(itemId, {
        ...{ itemId, authorId, category, language, durationMs, uploadedAt },
        labels: labelsOf(labels),
      });
    for (const id of missing) {
      const item = read.get(String(id));
      if (item === undefined) return false;
      if (this.#placeOf(id) === -1) this.#put(id, item);
    }
    return true;
  }

  #put(id: string | number, item: ColumnItem): void {
    const place = typeof id === 'number' && this.#places === null ? id : this.#columns.size;
    this.#places?.set(id, place);
    this.#columns.put(place, item);
  }
}

const isSmall = (id: string | number): boolean => typeof id === 'number' && id >= 0 && id < SMALL;
