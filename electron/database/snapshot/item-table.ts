import type Database from 'better-sqlite3';
import { codesOf } from '../../../shared/domain/ranking/item-codes.ts';
import type { CandidateItem, IdOrder } from '../../../shared/domain/ranking/request.ts';
import { parseAttributes } from './attributes.ts';
import { storedId } from './ids.ts';
import { broken } from './reading.ts';
import { Near } from './near.ts';
import { Recent } from './recent.ts';

type ItemRow = [
  itemId: string,
  authorId: string | null,
  category: string | null,
  language: string | null,
  durationMs: number | null,
  uploadedAt: string | null,
  attributes: string,
  labels: string | null,
];

// Ids come as one JSON array, because one call for a hundred rows is four times as fast as a hundred calls.
const ITEMS = `
  SELECT CAST(item_id AS TEXT), CAST(author_id AS TEXT), CAST(category AS TEXT), CAST(language AS TEXT),
    CAST(duration_ms AS INTEGER), CAST(uploaded_at AS TEXT), CAST(attributes AS TEXT),
    (SELECT group_concat(label, char(31)) FROM
      (SELECT DISTINCT CAST(label AS TEXT) AS label FROM item_label l WHERE l.item_id = item.item_id ORDER BY 1))
  FROM json_each(?) wanted CROSS JOIN item ON item_id = wanted.value`;
const LABEL_SEPARATOR = '\u001f';
const NO_LABELS: readonly string[] = [];

/** So many items stay in memory at least, three times as many at most, however large the snapshot. */
const KEPT = 32_768;

/** Items as a ranking policy sees them, each with its labels. */
export class ItemTable {
  readonly #path: string;
  readonly #idOrder: IdOrder;
  readonly #recent = new Recent<string | number, CandidateItem>(KEPT);
  readonly #near = new Near<CandidateItem>(KEPT);
  readonly #rows: Database.Statement<[string], ItemRow>;

  constructor(db: Database.Database, path: string, idOrder: IdOrder) {
    this.#path = path;
    this.#idOrder = idOrder;
    this.#rows = db.prepare<[string], ItemRow>(ITEMS).raw();
  }

  /** The items with these ids, as text or as safe integers, in their order; undefined where the table has none. */
  read(ids: readonly (string | number)[]): (CandidateItem | undefined)[] {
    const found: (CandidateItem | undefined)[] = [];
    const missing: (string | number)[] = [];
    for (let at = 0; at < ids.length; at += 1) {
      const id = ids[at] ?? '';
      const item = this.#near.get(id) ?? this.#remembered(id);
      if (item === undefined) missing.push(id);
      found.push(item);
    }
    if (missing.length === 0) return found;
    const read = new Map<string, CandidateItem>();
    for (const row of this.#rows.all(this.#jsonIds(missing.map(String)))) {
      const item = this.#item(row);
      read.set(item.itemId, item);
    }
    for (const id of missing) {
      const item = read.get(String(id));
      if (item === undefined) continue;
      this.#recent.set(id, item);
      this.#near.set(id, item);
    }
    return found.map((item, at) => item ?? read.get(String(ids[at])));
  }

  #remembered(id: string | number): CandidateItem | undefined {
    const item = this.#recent.get(id);
    if (item !== undefined) this.#near.set(id, item);
    return item;
  }

  #jsonIds(ids: readonly string[]): string {
    if (this.#idOrder === 'text') return JSON.stringify(ids);
    return `[${ids.filter((id) => storedId(id, 'integer') !== null).join(',')}]`;
  }

  #item(row: ItemRow): CandidateItem {
    const [itemId, authorId, category, language, durationMs, uploadedAt, json, joined] = row;
    const attributes = parseAttributes(json);
    if (attributes === null)
      throw broken(this.#path, `item ${itemId}`, 'its attributes are not one flat JSON object');
    const labels = joined === null ? NO_LABELS : joined.split(LABEL_SEPARATOR);
    const item = { itemId, authorId, category, language, durationMs, uploadedAt, attributes, labels };
    return { ...item, codes: codesOf(item) };
  }
}
