import { formatWeight } from '../../../components/number.ts';
import type { Side } from '../../../components/Ranker.tsx';
import css from './ContributionBars.module.css';
import { ticksOver } from './ticks.ts';

export interface ContributionRow {
  readonly name: string;
  /** In units of the score; undefined where that side lacks the head. */
  readonly baseline: number | undefined;
  readonly candidate: number | undefined;
}

const SIDES = ['baseline', 'candidate'] as const;
const TICKS = 5;

/**
 * A bar for each head from a common zero, the chosen side full and the other one faint under it. Plain elements in
 * percent of their row: drawn at once at any width, because a person who works through feeds opens one after another.
 */
export function ContributionBars({ rows, side }: { rows: readonly ContributionRow[]; side: Side }) {
  const values = rows.flatMap(({ baseline, candidate }) => [baseline ?? 0, candidate ?? 0]);
  const ticks = ticksOver(Math.min(0, ...values), Math.max(0, ...values), TICKS);
  const [from, to] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  const at = (value: number): number => (100 * (value - from)) / (to - from);
  return (
    <div className={css['plot']}>
      <div className={css['lines']} aria-hidden="true">
        {ticks.map((tick) => (
          <span
            key={tick}
            className={css['line']}
            data-zero={tick === 0 ? '' : undefined}
            style={{ left: `${at(tick)}%` }}
          />
        ))}
      </div>
      {rows.map((row) => (
        <div key={row.name} className={css['row']}>
          <span className={css['name']} title={row.name}>
            {row.name}
          </span>
          <span className={css['track']}>
            {SIDES.map((which) => {
              const value = row[which];
              if (value === undefined) return null;
              const left = at(Math.min(0, value));
              return (
                <span
                  key={which}
                  className={css['bar']}
                  data-side={which}
                  data-faint={which === side ? undefined : ''}
                  style={{ left: `${left}%`, width: `${at(Math.max(0, value)) - left}%` }}
                />
              );
            })}
          </span>
        </div>
      ))}
      <div className={css['axis']}>
        {ticks.map((tick) => (
          <span key={tick} className={css['tick']} style={{ left: `${at(tick)}%` }}>
            {formatWeight(tick, 3)}
          </span>
        ))}
        <span className={css['unit']}>score</span>
      </div>
    </div>
  );
}
