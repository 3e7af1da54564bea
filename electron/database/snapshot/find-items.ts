import type Database from 'better-sqlite3';
import type { FoundItem } from '../../../shared/domain/snapshot/found-item.ts';

/** Candidates looked through for a request with the item: a second at most, however large the snapshot. */
const LOOKED_THROUGH = 2_000_000;

type Row = [itemId: string, caption: string, requestId: string | null];

const FIND = `
  WITH found AS (
    SELECT item_id, caption FROM item
    WHERE CAST(item_id AS TEXT) LIKE @id ESCAPE '!' OR caption LIKE @caption ESCAPE '!' LIMIT @limit)
  SELECT CAST(item_id AS TEXT), CAST(caption AS TEXT), (
    SELECT CAST(request_id AS TEXT) FROM (SELECT request_id, item_id FROM candidate LIMIT ${LOOKED_THROUGH}) near
    WHERE near.item_id = found.item_id LIMIT 1)
  FROM found`;

/** Up to `limit` items whose id begins with the text or whose caption holds it, each with a request it is a candidate of. */
export function findItems(db: Database.Database, text: string, limit: number): FoundItem[] {
  const plain = text.replaceAll(/[!%_]/g, (mark) => `!${mark}`);
  return db
    .prepare<[{ id: string; caption: string; limit: number }], Row>(FIND)
    .raw()
    .all({ id: `${plain}%`, caption: `%${plain}%`, limit })
    .map(([itemId, caption, requestId]) => ({ itemId, caption, requestId }));
}
