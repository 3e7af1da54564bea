import type Database from 'better-sqlite3';
import type { CandidateItem, IdOrder } from '../../../shared/domain/ranking/request.ts';
import { parseAttributes } from './attributes.ts';
import { jsonIds } from './ids.ts';
import { LABELS, labelsOf } from './item-labels.ts';
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
    ${LABELS}
  FROM json_each(?) wanted CROSS JOIN item ON item_id = wanted.value`;

/** So many items stay in memory at least, twice as many at most, however large the snapshot. */
const KEPT = 32_768;

/** Items as a ranking policy sees them, each with its labels. Ids are text, or safe integers, always the same way. */
export class ItemTable {
  readonly #path: string;
  readonly #idOrder: IdOrder;
  readonly #recent = new Recent<string | number, CandidateItem>(KEPT);
  readonly #rows: Database.Statement<[string], ItemRow>;

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
    for (const row of this.#rows.all(jsonIds(missing.map(String), this.#idOrder))) {
      const item = this.#item(row);
      read.set(item.itemId, item);
    }
    for (const id of missing) {
      const item = read.get(String(id));
      if (item !== undefined) this.#recent.set(id, item);
    }
    return found.map((item, at) => item ?? read.get(String(ids[at])));
  }

  #item(row: ItemRow): CandidateItem {
    const [itemId, authorId, caption, category, language, durationMs, uploadedAt, json, joined] = row;
    const attributes = parseAttributes(json);
    if (attributes === null)
      throw broken(this.#path, `item ${itemId}`, 'its attributes are not one flat JSON object');
    const labels = labelsOf(joined);
    return { itemId, authorId, caption, category, language, durationMs, uploadedAt, attributes, labels };
  }
}
