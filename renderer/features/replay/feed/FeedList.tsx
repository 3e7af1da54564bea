import type { KeyboardEvent, MouseEvent } from 'react';
import type { FeedItem, ItemArithmetic } from '../../../../shared/contract/replay.ts';
import type { Signal } from '../../../../shared/domain/snapshot/meta.ts';
import type { Side } from '../../../components/Ranker.tsx';
import css from './Feed.module.css';
import { FeedCard } from './FeedCard.tsx';
import type { Move } from './moves.ts';

/** One ranker's feed as a list of cards; arrow keys move the choice. */
export function FeedList({
  side,
  items,
  moves,
  details,
  signals,
  chosen,
  active,
  onChoose,
  onStep,
}: {
  side: Side;
  items: readonly ItemArithmetic[];
  moves: readonly Move[];
  details: ReadonlyMap<string, FeedItem>;
  signals: ReadonlyMap<string, Signal>;
  chosen: string | undefined;
  /** The choice is read on this side. */
  active: boolean;
  onChoose: (itemId: string) => void;
  onStep: (by: 1 | -1) => void;
}) {
  const here = active && items.some(({ itemId }) => itemId === chosen);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    onStep(event.key === 'ArrowDown' ? 1 : -1);
  };
  const onClick = ({ target }: MouseEvent) => {
    const card = target instanceof Element ? target.closest<HTMLElement>('[data-item]') : null;
    if (card?.dataset['item'] !== undefined) onChoose(card.dataset['item']);
  };
  return (
    <div
      role="listbox"
      aria-label={`Feed of the ${side}`}
      aria-activedescendant={here && chosen !== undefined ? `${side}-${chosen}` : undefined}
      className={`${css['list']} ${css[side]}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onFocus={() => {
        if (chosen !== undefined && !active && items.some(({ itemId }) => itemId === chosen))
          onChoose(chosen);
      }}
    >
      {items.map((item) => (
        <FeedCard
          key={item.itemId}
          side={side}
          item={item}
          move={moves.find(({ itemId }) => itemId === item.itemId)}
          detail={details.get(item.itemId)}
          signals={signals}
          chosen={item.itemId === chosen ? (active ? 'here' : 'there') : 'no'}
        />
      ))}
    </div>
  );
}
