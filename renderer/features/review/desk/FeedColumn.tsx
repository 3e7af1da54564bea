import type { ReviewTask } from '../../../../shared/contract/review.ts';
import type { Preferences } from '../../../../shared/domain/review/preferences.ts';
import type { Ruling } from '../../../../shared/domain/review/decision.ts';
import { Mark, type Shape, type Tone } from '../../../components/Mark.tsx';
import { itemDetail, itemTitle } from '../../replay/feed/item-text.ts';
import { movedBy } from './moved-by.ts';
import { rulingWords } from './ruling.ts';
import { Thumbnail } from './Thumbnail.tsx';
import css from './Desk.module.css';

/** The feed as the person sees it: one list, or two beside each other when it is not said whose is which. */
export function FeedColumn({
  task,
  at,
  preferences,
  ruled,
  onChoose,
}: {
  task: ReviewTask;
  at: number;
  preferences: Preferences;
  ruled: (itemId: string) => Ruling | undefined;
  onChoose: (at: number) => void;
}) {
  const before = (side: number) =>
    task.sides.slice(0, side).reduce((sum, { places }) => sum + places.length, 0);
  const anyStill = task.items.some(({ hasStill }) => hasStill);
  return (
    <div className={css['feeds']} data-sides={task.sides.length}>
      {task.sides.map(({ name, places }, side) => (
        <section key={name} className={css['feed']} aria-label={name}>
          <h2 className={css['sideName']}>{name}</h2>
          <ol className={css['cards']}>
            {places.map((id, place) => {
              const here = before(side) + place;
              const item = task.items.find(({ itemId }) => itemId === id);
              const moved = movedBy(
                task.sides[side]?.arithmetic?.find(({ itemId }) => itemId === id),
                item,
              );
              return (
                <li key={id}>
                  <button
                    ref={here === at ? bringIntoView : undefined}
                    type="button"
                    className={css['card']}
                    data-still={anyStill ? '' : undefined}
                    aria-current={here === at}
                    onClick={() => onChoose(here)}
                  >
                    <span className={css['place']}>{place + 1}</span>
                    {anyStill && <Thumbnail snapshot={task.snapshot} item={item} preferences={preferences} />}
                    <span className={css['cardText']}>
                      <span className={css['caption']}>{itemTitle(item, id)}</span>
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
                        <Ruled ruling={ruled(id)} />
                      </span>
                    </span>
                  </button>
                </li>
              );
            })}
          </ol>
        </section>
      ))}
    </div>
  );
}

const bringIntoView = (card: HTMLElement | null): void => card?.scrollIntoView({ block: 'nearest' });

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
