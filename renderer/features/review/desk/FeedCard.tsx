import { memo } from 'react';
import type { FeedItem, ItemArithmetic } from '../../../../shared/contract/replay.ts';
import type { Ruling } from '../../../../shared/domain/review/decision.ts';
import type { Preferences } from '../../../../shared/domain/review/preferences.ts';
import { Mark, type Shape, type Tone } from '../../../components/Mark.tsx';
import { itemDetail, itemTitle } from '../../replay/feed/item-text.ts';
import { movedBy } from './moved-by.ts';
import { rulingWords } from './ruling.ts';
import { Thumbnail } from './Thumbnail.tsx';
import css from './Desk.module.css';

interface Card {
  readonly snapshot: string;
  readonly itemId: string;
  readonly item: FeedItem | undefined;
  readonly score: ItemArithmetic | undefined;
  /** From 0, in its feed and over all cards of the desk. */
  readonly place: number;
  readonly at: number;
  readonly chosen: boolean;
  readonly ruling: Ruling | undefined;
  /** Whether any item of the feed has a still, so that all cards leave room for one. */
  readonly still: boolean;
  readonly preferences: Preferences;
  readonly onChoose: (at: number) => void;
}

/** One item of a feed; drawn anew only when something it shows has changed. */
export const FeedCard = memo(function FeedCard({
  snapshot,
  itemId,
  item,
  score,
  place,
  at,
  chosen,
  ruling,
  still,
  preferences,
  onChoose,
}: Card) {
  const moved = movedBy(score, item);
  return (
    <button
      type="button"
      className={css['card']}
      data-still={still ? '' : undefined}
      data-card={at}
      aria-current={chosen}
      onClick={() => onChoose(at)}
    >
      <span className={css['place']}>{place + 1}</span>
      {still && <Thumbnail snapshot={snapshot} item={item} preferences={preferences} />}
      <span className={css['cardText']}>
        <span className={css['caption']}>{itemTitle(item, itemId)}</span>
        {item !== undefined && <span className={css['sub']}>{itemDetail(item)}</span>}
        {moved !== '' && (
          <span className={css['sub']} title={`What moved it here: ${moved}`}>
            {moved}
          </span>
        )}
        <span className={css['marks']}>
          {(item?.labels ?? []).map(({ label, source }) => (
            <span key={`${label} ${source}`} className={css['label']}>
              ▲ {label}
            </span>
          ))}
          <Ruled ruling={ruling} />
        </span>
      </span>
    </button>
  );
});

const LOOKS: Readonly<Record<string, { tone: Tone; shape: Shape }>> = {
  fine: { tone: 'pass', shape: 'tick' },
  demote: { tone: 'unknown', shape: 'down' },
  remove: { tone: 'fail', shape: 'cross' },
  escalate: { tone: 'accent', shape: 'up' },
};

function Ruled({ ruling }: { ruling: Ruling | undefined }) {
  if (ruling?.kind !== 'item') return <span className="quiet">not ruled on</span>;
  const look = LOOKS[ruling.actions[0] ?? 'fine'] ?? { tone: 'plain', shape: 'dot' };
  return (
    <Mark tone={look.tone} shape={look.shape}>
      {rulingWords(ruling)}
    </Mark>
  );
}
