import type { ReportState } from '../../../../shared/domain/review/report-state.ts';
import { Mark, type Shape, type Tone } from '../../../components/Mark.tsx';

const LOOKS: Readonly<Record<ReportState, { tone: Tone; shape: Shape }>> = {
  open: { tone: 'fail', shape: 'ring' },
  assigned: { tone: 'unknown', shape: 'half' },
  queued: { tone: 'unknown', shape: 'ring' },
  escalated: { tone: 'fail', shape: 'up' },
  closed: { tone: 'pass', shape: 'tick' },
};

/** The state of an escalation as colour, word and shape. */
export function StateMark({ state }: { state: ReportState }) {
  const { tone, shape } = LOOKS[state];
  return (
    <Mark tone={tone} shape={shape}>
      {state}
    </Mark>
  );
}
