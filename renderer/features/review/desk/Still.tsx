import { useState } from 'react';
import type { FeedItem } from '../../../../shared/contract/replay.ts';
import type { Preferences } from '../../../../shared/domain/review/preferences.ts';
import { useStill } from '../queries.ts';
import css from './Desk.module.css';

/**
 * The item's still, blurred or without colour until it is shown; while it is pressed it is shown too. Its place keeps
 * its height, so that nothing moves.
 */
export function Still({
  snapshot,
  item,
  title,
  preferences,
  uncovered,
  none,
  onShow,
}: {
  snapshot: string;
  item: FeedItem | undefined;
  title: string;
  preferences: Preferences;
  uncovered: boolean;
  /** No item of this feed has a still, so that no room need be kept for one. */
  none: boolean;
  onShow: (shown: boolean) => void;
}) {
  const [held, setHeld] = useState(false);
  const still = useStill(snapshot, item?.itemId ?? '', item?.hasStill ?? false);
  if (item?.hasStill !== true) {
    return (
      <div className={css['stage']} data-none={none ? '' : undefined}>
        <p className="quiet">The snapshot holds no still of this item.</p>
      </div>
    );
  }
  if (typeof still.data !== 'string') return <div className={css['stage']} />;
  const shown = uncovered || held;
  const hold = (down: boolean) => {
    if (down && !uncovered) onShow(true);
    if (!down && held) onShow(false);
    setHeld(down && !uncovered);
  };
  return (
    <div
      className={css['stage']}
      onPointerDown={() => hold(true)}
      onPointerUp={() => hold(false)}
      onPointerLeave={() => hold(false)}
      onPointerCancel={() => hold(false)}
    >
      <img
        className={css['still']}
        data-blur={preferences.blur && !shown ? '' : undefined}
        data-grey={preferences.grey && !shown ? '' : undefined}
        src={still.data}
        draggable={false}
        alt={`Still of ${title}`}
      />
    </div>
  );
}
