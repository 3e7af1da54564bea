import css from './Ranker.module.css';
import { rankerName } from './ranker-name.ts';

export type Side = 'baseline' | 'candidate';

/** A ranker in its role: the baseline a slate square, the candidate an accent disc. */
export function Ranker({
  side,
  ranker,
  named = false,
}: {
  side: Side;
  ranker: { name: string; version: string };
  /** Writes the role before the name, where no heading says it. */
  named?: boolean;
}) {
  const name = rankerName(ranker);
  return (
    <span className={`${css['ranker']} ${css[side]}`} title={`${side}: ${ranker.name} ${ranker.version}`}>
      <span className={css['swatch']} aria-hidden="true" />
      <span className={named ? css['role'] : 'visually-hidden'}>
        {side === 'baseline' ? 'Baseline' : 'Candidate'}
      </span>
      <span className={css['name']}>{name}</span>
    </span>
  );
}
