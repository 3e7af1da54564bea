import type { ReviewTask } from '../../../../shared/contract/review/desk.ts';
import type { Preferences } from '../../../../shared/domain/review/preferences.ts';
import { Facts } from '../../../components/Facts.tsx';
import { KeyHint } from '../../../components/KeyHint.tsx';
import { Mark } from '../../../components/Mark.tsx';
import { Contributions } from '../../replay/feed/Contributions.tsx';
import { itemDetail, itemTitle } from '../../replay/feed/item-text.ts';
import { Nearest } from '../../replay/feed/Nearest.tsx';
import { nextOf } from '../../replay/feed/pair.ts';
import { ScoreSteps } from '../../replay/feed/ScoreSteps.tsx';
import { Still } from './Still.tsx';
import css from './Desk.module.css';

/** A request may have hundreds of candidates that filters removed. */
const REMOVED_SHOWN = 24;

/** The chosen item large: what it shows (covered until asked), what it is, and why it stands where it stands. */
export function ChosenItem({
  task,
  side,
  itemId,
  preferences,
  uncovered,
  stillKey,
  onShow,
}: {
  task: ReviewTask;
  side: number;
  itemId: string;
  preferences: Preferences;
  uncovered: boolean;
  stillKey: string;
  onShow: (shown: boolean) => void;
}) {
  const item = task.items.find((item) => item.itemId === itemId);
  const title = itemTitle(item, itemId);
  const arithmetic = task.sides[side]?.arithmetic ?? null;
  const score = arithmetic?.find((one) => one.itemId === itemId);
  const removed = arithmetic?.filter(({ removedBy }) => removedBy !== null) ?? [];
  return (
    <section className={css['chosen']} aria-label="Chosen item" tabIndex={0}>
      <Still
        key={itemId}
        snapshot={task.snapshot}
        item={item}
        title={title}
        preferences={preferences}
        uncovered={uncovered}
        none={task.items.every(({ hasStill }) => !hasStill)}
        onShow={onShow}
      />
      <div className={css['titleLine']}>
        <h2 className={css['title']}>{title}</h2>
        {item?.hasStill === true && (
          <span className={css['hint']}>
            {uncovered ? 'Cover' : 'Show'} <KeyHint keys={[stillKey]} />
          </span>
        )}
      </div>
      {item !== undefined && (
        <>
          <p className="quiet">{itemDetail(item)}</p>
          <div className={css['labels']}>
            {item.labels.length === 0 ? (
              <span className="quiet">No labels</span>
            ) : (
              item.labels.map(({ label, source, confidence }) => (
                <span key={`${label} ${source}`}>
                  <span className={css['label']}>▲ {label}</span>{' '}
                  <span className="quiet">
                    by {source}
                    {confidence !== null && `, ${Math.round(100 * confidence)} % sure`}
                  </span>
                </span>
              ))
            )}
          </div>
        </>
      )}
      <div className={css['why']}>
        <h3>Why here</h3>
        {arithmetic === null ? (
          <p className="quiet">Not said while it is hidden whose feed this is.</p>
        ) : (
          score !== undefined && (
            <>
              <Nearest pair={nextOf(score)} />
              <Contributions baseline={undefined} candidate={score} side="candidate" />
              <ScoreSteps item={score} />
            </>
          )
        )}
        {removed.length > 0 && (
          <p className={css['removed']}>
            <Mark tone="plain" shape="cross">
              {removed.length} more {removed.length === 1 ? 'item was' : 'items were'} removed by filters:{' '}
              {removed
                .slice(0, REMOVED_SHOWN)
                .map(({ itemId: id, removedBy }) => `${id} (${removedBy})`)
                .join(', ')}
              {removed.length > REMOVED_SHOWN && ' …'}
            </Mark>
          </p>
        )}
        {item !== undefined && Object.keys(item.attributes).length > 0 && (
          <Facts of={Object.entries(item.attributes).map(([name, value]) => [name, String(value)])} />
        )}
      </div>
    </section>
  );
}
