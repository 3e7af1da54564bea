import { useEffect, useLayoutEffect, useRef } from 'react';
import type { ReviewTask } from '../../../../shared/contract/review/desk.ts';
import type { Ruling } from '../../../../shared/domain/review/decision.ts';
import type { Preferences } from '../../../../shared/domain/review/preferences.ts';
import { FeedCard } from './FeedCard.tsx';
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
  const list = useRef<HTMLDivElement>(null);
  const shown = useRef(at);
  useLayoutEffect(() => {
    // a button pressed for the last feed would take the next one's keys
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && activeElement.closest('[data-desk]') !== null)
      activeElement.blur();
  }, []);
  useEffect(() => {
    // a feed begins at its top, and asking where a card is would have the page laid out once more
    if (shown.current !== at)
      list.current?.querySelector(`[data-card="${at}"]`)?.scrollIntoView({ block: 'nearest' });
    shown.current = at;
  }, [at]);
  const before = (side: number) =>
    task.sides.slice(0, side).reduce((sum, { places }) => sum + places.length, 0);
  const items = new Map(task.items.map((item) => [item.itemId, item]));
  const anyStill = task.items.some(({ hasStill }) => hasStill);
  return (
    <div ref={list} className={css['feeds']} data-sides={task.sides.length}>
      {task.sides.map(({ name, places, arithmetic }, side) => (
        <section key={name} className={css['feed']} aria-label={name}>
          <h2 className={css['sideName']}>{name}</h2>
          <ol className={css['cards']}>
            {places.map((id, place) => {
              const here = before(side) + place;
              return (
                <li key={id}>
                  <FeedCard
                    snapshot={task.snapshot}
                    itemId={id}
                    item={items.get(id)}
                    score={arithmetic?.find(({ itemId }) => itemId === id)}
                    place={place}
                    at={here}
                    chosen={here === at}
                    ruling={ruled(id)}
                    still={anyStill}
                    preferences={preferences}
                    onChoose={onChoose}
                  />
                </li>
              );
            })}
          </ol>
        </section>
      ))}
    </div>
  );
}
