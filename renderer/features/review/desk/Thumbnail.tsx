import type { FeedItem } from '../../../../shared/contract/replay.ts';
import type { Preferences } from '../../../../shared/domain/review/preferences.ts';
import { useStill } from '../queries.ts';
import css from './Desk.module.css';

/** The still of a card, covered as the person or the team wants; it is shown only large, where that is recorded. */
export function Thumbnail({
  snapshot,
  item,
  preferences,
}: {
  snapshot: string;
  item: FeedItem | undefined;
  preferences: Preferences;
}) {
  const still = useStill(snapshot, item?.itemId ?? '', item?.hasStill ?? false);
  return (
    <span className={css['thumbnail']}>
      {typeof still.data === 'string' && (
        <img
          src={still.data}
          alt=""
          draggable={false}
          data-blur={preferences.blur ? '' : undefined}
          data-grey={preferences.grey ? '' : undefined}
        />
      )}
    </span>
  );
}
