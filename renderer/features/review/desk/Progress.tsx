import { Progress as Bar } from '@mantine/core';
import type { ReviewTask } from '../../../../shared/contract/review.ts';
import { listOf } from '../../../components/number.ts';
import { TimeText } from '../../../components/TimeText.tsx';
import css from './Desk.module.css';

/** How far the campaign is, whose request this is, and who else works on it. */
export function Progress({ task }: { task: ReviewTask }) {
  const { feed, feeds, submitted, request, others, handedOver } = task;
  return (
    <>
      <Bar
        className={css['bar']}
        size="sm"
        value={(100 * submitted) / Math.max(1, feeds)}
        aria-label="Feeds submitted by you"
      />
      <span>
        Feed {feed + 1} of {feeds}, {submitted} submitted by you
      </span>
      <span>
        Request <span className="mono">{request.requestId}</span>, user{' '}
        <span className="mono">{request.userId}</span>
        {request.region !== null && `, ${request.region}`}
      </span>
      <span>
        asked <TimeText at={request.requestedAt} /> on {request.surface}
      </span>
      {others.length > 0 && <span>Also at work on it: {listOf(others.map(({ person }) => person))}</span>}
      {handedOver !== null && (
        <span>
          Handed over by {handedOver.from}
          {handedOver.note !== '' && `: ${handedOver.note}`}
        </span>
      )}
    </>
  );
}
