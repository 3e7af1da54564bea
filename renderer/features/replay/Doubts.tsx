import type { Measure } from '../../../shared/domain/replay/report.ts';
import { doubtsOf } from './doubts.ts';
import css from './Measures.module.css';

/** Says beside a number that it is not to be trusted as it stands, and why. */
export function Doubts({ measure }: { measure: Measure }) {
  return doubtsOf(measure).map(({ word, reason }) => (
    <span key={word} className={css['doubt']} title={reason}>
      {word}
      <span className="visually-hidden">: {reason}</span>
    </span>
  ));
}
