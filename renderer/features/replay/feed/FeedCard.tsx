import type { FeedItem, ItemArithmetic } from '../../../../shared/contract/replay.ts';
import type { Signal } from '../../../../shared/domain/snapshot/meta.ts';
import { formatNumber } from '../../../components/number.ts';
import type { Side } from '../../../components/Ranker.tsx';
import css from './Feed.module.css';
import { itemDetail, itemTitle } from './item-text.ts';
import { gainOf, type Move } from './moves.ts';

export function FeedCard({
  side,
  item,
  move,
  detail,
  signals,
  chosen,
}: {
  side: Side;
  item: ItemArithmetic;
  move: Move | undefined;
  detail: FeedItem | undefined;
  signals: ReadonlyMap<string, Signal>;
  /** Chosen on this side, on the other, or not. */
  chosen: 'here' | 'there' | 'no';
}) {
  const title = itemTitle(detail, item.itemId);
  const done = detail?.feedback.filter(({ value }) => value !== null && value > 0) ?? [];
  const polarity = (wanted: Signal['polarity']) =>
    done
      .map(({ signal }) => signals.get(signal))
      .filter((signal) => signal?.kind === 'binary' && signal.polarity === wanted)
      .map((signal) => signal?.name);
  const bad = [...(detail?.labels.map(({ label }) => label) ?? []), ...polarity(-1)].join(', ');
  const good = polarity(1).join(', ');
  return (
    <div
      id={`${side}-${item.itemId}`}
      role="option"
      data-item={item.itemId}
      aria-selected={chosen === 'here'}
      className={css['card']}
      data-chosen={chosen === 'here' ? '' : undefined}
      data-here={chosen === 'there' ? '' : undefined}
    >
      <span className={css['place']}>{item.position}</span>
      <span className={css['text']}>
        <span className={`${css['name']} truncate`} title={title}>
          {title}
        </span>
        <span className={css['sub']}>
          {bad !== '' && (
            <span className={`${css['harm']} truncate`} title={`Labels and negative feedback: ${bad}`}>
              ▲ {bad}
            </span>
          )}
          {good !== '' && (
            <span className={`${css['good']} truncate`} title={`Feedback observed: ${good}`}>
              ✓ {good}
            </span>
          )}
          {detail !== undefined && (
            <span className="truncate" title={itemDetail(detail)}>
              {itemDetail(detail)}
            </span>
          )}
        </span>
      </span>
      <span className={css['end']}>
        <Moved side={side} move={move} />
        <span className={css['score']} title={`Final score ${item.finalScore}`}>
          {formatNumber(item.finalScore, 3)}
        </span>
      </span>
    </div>
  );
}

function Moved({ side, move }: { side: Side; move: Move | undefined }) {
  if (move === undefined) return null;
  const gain = gainOf(move);
  if (gain === null) {
    return side === 'baseline' ? (
      <span className={css['left']}>leaves</span>
    ) : (
      <span className={css['entered']}>enters</span>
    );
  }
  if (gain === 0 || side === 'baseline') return <span> </span>;
  return gain > 0 ? (
    <span className={css['up']} title={`Up ${gain} from place ${move.baseline}`}>
      ↑ {gain}
    </span>
  ) : (
    <span className={css['down']} title={`Down ${-gain} from place ${move.baseline}`}>
      ↓ {-gain}
    </span>
  );
}
