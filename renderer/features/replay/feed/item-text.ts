import type { FeedItem } from '../../../../shared/contract/replay.ts';
import { formatDuration } from '../../../components/number.ts';

/** What an item is called: its caption, or its id where there is none. */
export const itemTitle = (item: FeedItem | undefined, itemId: string): string =>
  item === undefined || item.caption.trim() === '' ? `Item ${itemId}` : item.caption;

/** The line below: id where the title lacks it, author, category, length. */
export function itemDetail(item: FeedItem): string {
  return [
    item.caption.includes(item.itemId) || item.caption.trim() === '' ? null : item.itemId,
    item.authorId === null ? null : `by ${item.authorId}`,
    item.category,
    item.durationMs === null || item.durationMs === 0 ? null : formatDuration(item.durationMs / 1000),
    item.inNetwork ? 'in network' : null,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}
