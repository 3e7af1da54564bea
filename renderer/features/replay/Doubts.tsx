import type { Measure } from '../../../shared/domain/replay/report.ts';
import { doubtsOf, type Doubt } from './doubts.ts';
import css from './Measures.module.css';

/** Says beside a number that it is not to be trusted as it stands, and why. */
export function Doubts({ measure }: { measure: Measure }) {
  return doubtsOf(measure).map((doubt) => <DoubtMark key={doubt.word} {...doubt} />);
}

export function DoubtMark({ word, reason }: Doubt) {
  return (
    <span className={css['doubt']} title={reason}>
      {word}
      <span className="visually-hidden">: {reason}</span>
    </span>
  );
}
