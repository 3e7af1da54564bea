import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { ReviewedItem } from '../../../shared/domain/review/reviewed-item.ts';
import { prepared } from '../prepared.ts';
import { captionDecisions, codeOf } from './found.ts';

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

/** The items a campaign's decisions speak of. */
export function itemsOf(db: Database, campaign: string): ReviewedItem[] {
  return z.array(ReviewedItem).parse(
    db
      .prepare(
        `SELECT item_id AS itemId, snapshot_digest AS snapshot, author_id AS authorId, caption FROM review_item
           WHERE snapshot_digest = (SELECT snapshot_digest FROM review_campaign WHERE id = :campaign)
           AND item_id IN (SELECT k.text FROM review_code k JOIN
             (SELECT DISTINCT item FROM review_find WHERE campaign = :code) x ON x.item = k.code) ORDER BY item_id`,
      )
      .all({ campaign, code: codeOf(db, campaign) }),
  );
}
