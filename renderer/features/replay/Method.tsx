import type { Measure } from '../../../shared/domain/replay/report.ts';
import css from './Measures.module.css';
import { methodOf } from './measure-text.ts';

/** Says beside an interval how it was made, where requests were not simply drawn anew. */
export function Method({ measure }: { measure: Measure }) {
  const method = methodOf(measure);
  if (method === null) return null;
  return (
    <span className={css['method']} title={method.meaning}>
      {method.word}
      <span className="visually-hidden">: {method.meaning}</span>
    </span>
  );
}
