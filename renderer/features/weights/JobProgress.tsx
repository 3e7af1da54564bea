import { Button, Progress } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { bridge, value } from '../../app/bridge.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatCount } from '../../components/number.ts';
import css from './changes/Changes.module.css';

/** What a page shows until a job has made what it is about: progress with cancel, or why there is nothing. */
export function JobProgress({
  jobId,
  doing,
  action,
  onStart,
}: {
  jobId: string | null;
  /** "Comparing a with b". */
  doing: string;
  /** What the button says that starts it again: "Compare a with b". */
  action: string;
  onStart: () => void;
}) {
  const { data: job = null } = useQuery({
    queryKey: ['jobs', 'list'],
    queryFn: () => value(bridge.jobs.list()),
    select: (jobs) => jobs.find(({ id }) => id === jobId) ?? null,
  });
  const cancel = useMutation({ mutationFn: (id: string) => value(bridge.jobs.cancel({ id })) });
  if (job?.state === 'cancelled' || job?.state === 'failed') {
    return (
      <EmptyState
        title={job.state === 'cancelled' ? 'It was cancelled' : 'It failed'}
        action={
          <Button variant="default" onClick={onStart}>
            {action}
          </Button>
        }
      >
        {job.message ?? 'Nothing of it was kept.'}
      </EmptyState>
    );
  }
  const counted = job !== null && job.total > 0;
  return (
    <div className={css['running']} role="status">
      <p>
        {doing}
        {counted && `: ${formatCount(job.done)} of ${formatCount(job.total)} ${job.unit}`}
      </p>
      <Progress
        my={12}
        size={4}
        value={counted ? (100 * job.done) / job.total : 0}
        aria-label={`Progress: ${doing}`}
      />
      {job !== null && (
        <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate(job.id)}>
          Cancel
        </Button>
      )}
    </div>
  );
}
