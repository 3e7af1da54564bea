import type { AttributedMove } from '../../../../shared/contract/replay.ts';
import css from './FeedChange.module.css';
import { partsOfMove } from './attributed-moves.ts';

/** From which place to which an item went, and how many places of that each part of the ranker brings. */
export function MovedBy({ move }: { move: AttributedMove }) {
  return (
    <span className={css['by']}>
      #{move.baseline} → #{move.candidate}: {partsOfMove(move)}
    </span>
  );
}
