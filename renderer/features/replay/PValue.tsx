import { leastPOf } from '../../../shared/domain/replay/least-p.ts';
import type { Measure } from '../../../shared/domain/replay/report.ts';
import { formatCount } from '../../components/number.ts';
import { ownDraws } from './draws-text.ts';
import css from './Measures.module.css';
import { pText } from './measure-text.ts';
import { testOf, untestedBecause } from './tests-text.ts';

/** A p value with how it was made, or why there is none; `common`: the draws that the head of its column names. */
export function PValue({ measure, common = null }: { measure: Measure; common?: number | null }) {
  const { p, draws } = measure;
  if (p === undefined || p === null) {
    const { word, reason } = untestedBecause(measure);
    return (
      <span className="quiet" title={reason}>
        {word}
        <span className="visually-hidden">: {reason}</span>
      </span>
    );
  }
  const test = testOf(measure);
  const own = ownDraws(draws, common);
  return (
    <>
      {leastPOf(measure) === null ? pText(measure) : <LeastP measure={measure} />}
      {test !== null && (
        <span className={css['method']} title={test.meaning}>
          {test.word}
          <span className="visually-hidden">: {test.meaning}</span>
        </span>
      )}
      {own !== null && <span className={css['method']}>{own}</span>}
    </>
  );
}

/** A p value that would be smaller, perhaps, if more were drawn. */
function LeastP({ measure }: { measure: Measure }) {
  const meaning = `None of ${formatCount(measure.draws ?? 0)} random swaps made as large a difference, so p is no more than this; so many draws cannot tell how much less`;
  return (
    <span title={meaning}>
      {pText(measure)}
      <span className="visually-hidden">: {meaning}</span>
    </span>
  );
}
