import type { Measure } from '../../../shared/domain/replay/report.ts';
import { ownDraws } from './draws-text.ts';
import css from './Measures.module.css';
import { methodOf } from './measure-text.ts';

/**
 * Says beside an interval how it was made, where requests were not simply drawn anew, and in how many draws, where not
 * in as many as the head of its column names.
 */
export function Method({ measure, common = null }: { measure: Measure; common?: number | null }) {
  const method = methodOf(measure);
  const { intervals } = measure;
  const own = intervals?.difference === null ? null : ownDraws(intervals?.draws, common);
  return (
    <>
      {method !== null && (
        <span className={css['method']} title={method.meaning}>
          {method.word}
          <span className="visually-hidden">: {method.meaning}</span>
        </span>
      )}
      {own !== null && <span className={css['method']}>{own}</span>}
    </>
  );
}
