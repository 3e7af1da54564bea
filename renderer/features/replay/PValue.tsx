import type { Measure } from '../../../shared/domain/replay/report.ts';
import css from './Measures.module.css';
import { pText } from './measure-text.ts';
import { testOf, untestedBecause } from './tests-text.ts';

/** A p value with how it was made, or why there is none. */
export function PValue({ measure }: { measure: Measure }) {
  const { p } = measure;
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
  return (
    <>
      {pText(p)}
      {test !== null && (
        <span className={css['method']} title={test.meaning}>
          {test.word}
          <span className="visually-hidden">: {test.meaning}</span>
        </span>
      )}
    </>
  );
}
