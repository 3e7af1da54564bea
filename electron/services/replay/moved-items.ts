import { setImmediate } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { MovedItems, type MovedItem } from '../../../shared/domain/replay/moved-items.ts';
import { keptFeeds } from '../../database/workspace/kept-feeds.ts';

/** Items that are told; the rest moved less. */
const TOLD = 25;

/** The items whose exposure a replay changed most. Other calls are answered between its pages. */
export async function movedItems(db: Database, replayId: string): Promise<MovedItem[]> {
  const moved = new MovedItems();
  for (const page of keptFeeds(db, replayId)) {
    for (const { requestId, baseline, candidate } of page) moved.add(requestId, { baseline, candidate });
    await setImmediate();
  }
  return moved.largest(TOLD);
}
