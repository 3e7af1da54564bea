import { Progress as Bar } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReviewTask } from '../../../../shared/contract/review/desk.ts';
import { formatCount, listOf } from '../../../components/number.ts';
import { TimeText } from '../../../components/TimeText.tsx';
import { useQueues, type Claim } from '../queries.ts';
import { HeldFeeds } from './HeldFeeds.tsx';
import { localTime } from './local-time.ts';
import css from './Desk.module.css';

/** How far the campaign or the queue is, whose request this is, until when it is the person's, and who else is at it. */
export function Progress({
  claim,
  task,
  person,
  onSay,
}: {
  claim: Claim;
  task: ReviewTask;
  person: string;
  onSay: (words: string) => void;
}) {
  const { campaign, feed, feeds, submitted, request, others, handedOver, leaseUntil } = task;
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
      {'queue' in claim && <QueueLeft id={claim.queue} />}
      <span>
        Request <span className="mono">{request.requestId}</span>, user{' '}
        <span className="mono">{request.userId}</span>
        {request.region !== null && `, ${request.region}`}
      </span>
      <span>
        asked <TimeText at={request.requestedAt} /> on {request.surface}
      </span>
      <span title="Renewed while you work. When it ends nothing is lost: the feed may go to somebody else too.">
        yours until {localTime(leaseUntil)}
      </span>
      {others.length > 0 && <span>Also at work on it: {listOf(others.map(({ person }) => person))}</span>}
      {handedOver !== null && (
        <span>
          Handed over by {handedOver.from}
          {handedOver.note !== '' && `: ${handedOver.note}`}
        </span>
      )}
      <HeldFeeds claim={claim} campaign={campaign} person={person} onSay={onSay} />
      <Link to="/review">All campaigns</Link>
    </>
  );
}

function QueueLeft({ id }: { id: string }) {
  const queue = useQueues().data?.find((queue) => queue.id === id);
  if (queue === undefined) return null;
  return (
    <span>
      Queue {queue.name}: {formatCount(queue.waiting)} waiting
    </span>
  );
}
