import type { EscalationRow } from '../../../../shared/contract/review/escalations.ts';
import { Mark } from '../../../components/Mark.tsx';
import { TimeText } from '../../../components/TimeText.tsx';

/** The day something is due; marked once it has passed and nobody closed it. */
export function Due({ of: { due, state } }: { of: EscalationRow }) {
  if (due === null) return <span className="quiet">no date</span>;
  const day = <TimeText at={`${due}T00:00:00`} dateOnly />;
  if (state === 'closed' || due >= today()) return day;
  return (
    <Mark tone="fail" shape="cross">
      {day} late
    </Mark>
  );
}

function today(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
}
