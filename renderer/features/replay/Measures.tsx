import type { Measure } from '../../../shared/domain/replay/report.ts';
import { Mark } from '../../components/Mark.tsx';
import { formatCount } from '../../components/number.ts';
import { Table } from '../../components/Table.tsx';
import { alarmOf, byAlarm } from './alarm.ts';
import css from './Measures.module.css';
import { measureDifference, measureValue } from './measure-text.ts';

/** Every measure of a replay, the most alarming first. */
export function Measures({ measures }: { measures: readonly Measure[] }) {
  return (
    <Table
      label="Measures, the most alarming first"
      rows={byAlarm(measures)}
      rowKey={(measure) => measure.id}
      columns={[
        {
          name: 'Measure',
          render: (measure) => (
            <span title={measure.id}>
              {measure.title}
              {measure.unit === 'share' || measure.unit === measure.title.split('@')[0]
                ? ''
                : ` (${measure.unit})`}
            </span>
          ),
        },
        {
          name: 'Baseline',
          right: true,
          width: '112px',
          render: (measure) => (
            <span className={css['baseline']}>{measureValue(measure, measure.baseline)}</span>
          ),
        },
        {
          name: 'Candidate',
          right: true,
          width: '112px',
          render: (measure) => (
            <span className={css['candidate']}>{measureValue(measure, measure.candidate)}</span>
          ),
        },
        {
          name: 'Difference',
          right: true,
          width: '120px',
          render: (measure) => <strong>{measureDifference(measure)}</strong>,
        },
        { name: 'That is', width: '120px', render: (measure) => <Tendency measure={measure} /> },
        { name: 'Requests', right: true, width: '96px', render: (measure) => formatCount(measure.requests) },
      ]}
    />
  );
}

function Tendency({ measure }: { measure: Measure }) {
  if (measure.difference === null) {
    return (
      <Mark tone="unknown" shape="ring">
        No evidence
      </Mark>
    );
  }
  if (measure.better === 'neither' || measure.baseline === null) {
    return (
      <Mark tone="plain" shape="dash">
        Movement
      </Mark>
    );
  }
  const alarm = alarmOf(measure);
  if (alarm === 0) {
    return (
      <Mark tone="plain" shape="dash">
        Same
      </Mark>
    );
  }
  return alarm > 0 ? (
    <Mark tone="fail" shape="down">
      Worse
    </Mark>
  ) : (
    <Mark tone="pass" shape="up">
      Better
    </Mark>
  );
}
