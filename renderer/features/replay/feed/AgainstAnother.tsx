import { Select } from '@mantine/core';
import type {
  FeedComparison,
  FeedItem,
  FeedSide,
  ItemArithmetic,
} from '../../../../shared/contract/replay.ts';
import { itemTitle } from './item-text.ts';
import { Nearest } from './Nearest.tsx';
import { pairOf } from '../../../../shared/domain/ranking/pair.ts';
import css from './WhyHere.module.css';

/** The chosen item against any other of the feed: by how much it stands before or behind, and what would swap the two. */
export function AgainstAnother({
  feed,
  idOrder,
  item,
  details,
  other,
  onOther,
}: {
  feed: FeedSide;
  idOrder: FeedComparison['idOrder'];
  item: ItemArithmetic;
  details: ReadonlyMap<string, FeedItem>;
  /** Id of the other item; undefined: none is chosen. */
  other: string | undefined;
  onOther: (itemId: string | undefined) => void;
}) {
  const ranked = feed.items.filter(({ rank, itemId }) => rank !== null && itemId !== item.itemId);
  const against = ranked.find(({ itemId }) => itemId === other);
  return (
    <section className={css['part']}>
      <div className={css['partHead']}>
        <h3>Against another item</h3>
      </div>
      <Select
        aria-label="The other item"
        placeholder="Choose any item of this feed"
        size="xs"
        searchable
        clearable
        limit={100}
        nothingFoundMessage="No such item"
        data={ranked.map(({ itemId, rank }) => ({
          value: itemId,
          label: `#${rank} ${itemTitle(details.get(itemId), itemId)}`,
        }))}
        value={against?.itemId ?? null}
        onChange={(itemId) => onOther(itemId ?? undefined)}
      />
      {against !== undefined && (
        <div className={css['pair']}>
          <Nearest pair={pairOf(feed.heads, idOrder, item, against)} />
          <p className="quiet">Multipliers and diversity of both are held as they are.</p>
        </div>
      )}
    </section>
  );
}
