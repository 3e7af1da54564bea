import type Database from 'better-sqlite3';
import { ItemColumns } from '../../../shared/domain/ranking/candidate-columns.ts';
import type { CandidateItem, IdOrder } from '../../../shared/domain/ranking/request.ts';
import { parseAttributes } from './attributes.ts';
import { storedId } from './ids.ts';
import { Places } from './places.ts';
import { broken } from './reading.ts';
import { Recent } from './recent.ts';

type ItemRow = [
  itemId: string,
  authorId: string | null,
  caption: string | null,
  category: string | null,
  language: string | null,
  durationMs: number | null,
  uploadedAt: string | null,
  attributes: string,
  labels: string | null,
];

// Ids come as one JSON array, because one call for a hundred rows is four times as fast as a hundred calls.
const ITEMS = `
  SELECT CAST(item_id AS TEXT), CAST(author_id AS TEXT), CAST(caption AS TEXT), CAST(category AS TEXT),
    CAST(language AS TEXT), CAST(duration_ms AS INTEGER), CAST(uploaded_at AS TEXT), CAST(attributes AS TEXT),
    (SELECT group_concat(label, char(31)) FROM
      (SELECT DISTINCT CAST(label AS TEXT) AS label FROM item_label l WHERE l.item_id = item.item_id ORDER BY 1))
  FROM json_each(?) wanted CROSS JOIN item ON item_id = wanted.value`;
const LABEL_SEPARATOR = '\u001f';
const NO_LABELS: readonly string[] = [];

/** So many items stay in memory at least, three times as many at most, however large the snapshot. */
const KEPT = 32_768;

/** Items as a ranking policy sees them, each with its labels. Ids are text, or safe integers, always the same way. */
export class ItemTable {
  readonly #path: string;
  readonly #idOrder: IdOrder;
  readonly #recent = new Recent<string | number, CandidateItem>(KEPT);
  readonly #rows: Database.Statement<[string], ItemRow>;
  #columns = new ItemColumns();
  #places = new Places(2 * KEPT);

  constructor(db: Database.Database, path: string, idOrder: IdOrder) {
    this.#path = path;
    this.#idOrder = idOrder;
    this.#rows = db.prepare<[string], ItemRow>(ITEMS).raw();
  }

  /** The items with these ids in their order; undefined where the table has none. */
  read(ids: readonly (string | number)[]): (CandidateItem | undefined)[] {
    const found = ids.map((id) => this.#recent.get(id));
    const missing = ids.filter((_, at) => found[at] === undefined);
    if (missing.length === 0) return found;
    const read = new Map<string, CandidateItem>();
    for (const row of this.#rows.all(this.#jsonIds(missing.map(String)))) {
      const item = this.#item(row);
      read.set(item.itemId, item);
    }
    for (const id of missing) {
      const item = read.get(String(id));
      if (item !== undefined) this.#recent.set(id, item);
    }
    return found.map((item, at) => item ?? read.get(String(ids[at])));
  }

  /**
   * Columns that hold the items with these ids; their places in them are written to `places`. null where the table lacks
   * one of them. Other columns are begun when these are full, and those that were answered before stay as they are.
   */
  columnsOf(ids: readonly (string | number)[], places: Int32Array): ItemColumns | null {
    if (this.#columns.items.length + ids.length > 2 * KEPT) {
      this.#columns = new ItemColumns();
      this.#places = new Places(Math.max(2 * KEPT, ids.length));
    }
    return this.#find(ids, places) || (this.#meet(ids) && this.#find(ids, places)) ? this.#columns : null;
  }

  /** Whether the columns hold all of them. */
  #find(ids: readonly (string | number)[], places: Int32Array): boolean {
    let all = true;
    for (let at = 0; at < ids.length; at += 1) {
      const place = this.#places.get(ids[at] ?? '');
      if (place === -1) all = false;
      places[at] = place;
    }
    return all;
  }

  /** Takes in those that the columns lack; whether the table has them all. */
  #meet(ids: readonly (string | number)[]): boolean {
    const missing = ids.filter((id) => this.#places.get(id) === -1);
    for (const [at, item] of this.read(missing).entries()) {
      const id = missing[at];
      if (item === undefined || id === undefined) return false;
      if (this.#places.get(id) === -1) this.#places.set(id, this.#columns.add(item));
    }
    return true;
  }

  #jsonIds(ids: readonly string[]): string {
    if (this.#idOrder === 'text') return JSON.stringify(ids);
    return `[${ids.filter((id) => storedId(id, 'integer') !== null).join(',')}]`;
  }

  #item(row: ItemRow): CandidateItem {
    const [itemId, authorId, caption, category, language, durationMs, uploadedAt, json, joined] = row;
    const attributes = parseAttributes(json);
    if (attributes === null)
      throw broken(this.#path, `item ${itemId}`, 'its attributes are not one flat JSON object');
    const labels = joined === null ? NO_LABELS : joined.split(LABEL_SEPARATOR);
    return { itemId, authorId, caption, category, language, durationMs, uploadedAt, attributes, labels };
  }
}
