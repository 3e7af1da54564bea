import type { Share } from '../../../../shared/domain/review/quality.ts';
import { formatCount } from '../../../components/number.ts';
import css from './Quality.module.css';

/** A share in percent with its interval, and below how much it rests on. */
export function ShareText({ of: { hits, of, low, high } }: { of: Share }) {
  if (of === 0 || low === null || high === null) return <span className="quiet">none yet</span>;
  const percent = (share: number): string => String(Math.round(100 * share));
  return (
    <>
      {percent(hits / of)} % ({percent(low)} to {percent(high)})
      <span className={css['below']}>
        {formatCount(hits)} of {formatCount(of)}
      </span>
    </>
  );
}

export const shareCells = ({ hits, of, low, high }: Share): (number | null)[] => [hits, of, low, high];
