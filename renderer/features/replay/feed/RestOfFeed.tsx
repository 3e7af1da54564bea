import { useState } from 'react';
import type { FeedItem, FeedSide, ItemArithmetic } from '../../../../shared/contract/replay.ts';
import { formatNumber, plural } from '../../../components/number.ts';
import css from './Feed.module.css';
import { itemTitle } from './item-text.ts';
import { cut, removed } from './moves.ts';

const FIRST = 10;

/** What the feed does not show: items below its cut, and items a filter removed. */
export function RestOfFeed({
  feed,
  details,
  chosen,
  onChoose,
}: {
  feed: FeedSide;
  details: ReadonlyMap<string, FeedItem>;
  chosen: string | undefined;
  onChoose: (itemId: string) => void;
}) {
  const list = (title: string, items: readonly ItemArithmetic[], end: (item: ItemArithmetic) => string) =>
    items.length > 0 && (
      <RestList title={title} items={items} end={end} details={details} chosen={chosen} onChoose={onChoose} />
    );
  const below = cut(feed);
  const out = removed(feed);
  return (
    <div>
      {list(`Removed by a filter: ${plural(out.length, 'item')}`, out, (item) => item.removedBy ?? '')}
      {list(`Cut below ${feed.topK}: ${plural(below.length, 'item')}`, below, (item) =>
        formatNumber(item.finalScore, 3),
      )}
    </div>
  );
}

function RestList({
  title,
  items,
  end,
  details,
  chosen,
  onChoose,
}: {
  title: string;
  items: readonly ItemArithmetic[];
  end: (item: ItemArithmetic) => string;
  details: ReadonlyMap<string, FeedItem>;
  chosen: string | undefined;
  onChoose: (itemId: string) => void;
}) {
  const [whole, setWhole] = useState(false);
  return (
    <>
      <h2 className={css['restTitle']}>{title}</h2>
      <ul className={css['restList']}>
        {items.slice(0, whole ? items.length : FIRST).map((item) => (
          <li key={item.itemId}>
            <button
              type="button"
              className={css['restItem']}
              data-chosen={item.itemId === chosen ? '' : undefined}
              onClick={() => onChoose(item.itemId)}
            >
              <span>{item.rank ?? '–'}</span>
              <span className="truncate" title={itemTitle(details.get(item.itemId), item.itemId)}>
                {itemTitle(details.get(item.itemId), item.itemId)}
              </span>
              <span>{end(item)}</span>
            </button>
          </li>
        ))}
      </ul>
      {!whole && items.length > FIRST && (
        <button type="button" className={css['more']} onClick={() => setWhole(true)}>
          Show {items.length - FIRST} more
        </button>
      )}
    </>
  );
}
