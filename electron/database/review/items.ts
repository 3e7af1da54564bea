import type { Database } from 'better-sqlite3';
import type { ReviewedItem } from '../../../shared/domain/review/reviewed-item.ts';
import { prepared } from '../prepared.ts';
import { captionDecisions } from './found.ts';

/** Keeps what an item is called, so that decisions on it are found by caption and author without the snapshot. */
export function keepItems(db: Database, items: readonly ReviewedItem[]): number {
  const insert = prepared(
    db,
    `INSERT INTO review_item (item_id, snapshot_digest, author_id, caption) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  let added = 0;
  for (const { itemId, snapshot, authorId, caption } of items) {
    if (insert.run(itemId, snapshot, authorId, caption).changes === 0) continue;
    added += 1;
    captionDecisions(db, itemId, snapshot);
  }
  return added;
}
