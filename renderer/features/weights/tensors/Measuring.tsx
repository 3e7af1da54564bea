import { Button, Progress } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { bridge, value } from '../../../app/bridge.ts';
import { formatCount } from '../../../components/number.ts';
import { useMeasureTensors } from './queries.ts';
import css from './Tensors.module.css';

/** The walk over every value: starts by itself once; after a cancel or a failure it waits to be asked. */
export function Measuring({ release, jobId }: { release: string; jobId: string | null }) {
  const { mutate, data, error, isIdle } = useMeasureTensors();
  const [first] = useState(jobId);
  useEffect(() => {
    if (first === null && isIdle) mutate(release);
  }, [first, isIdle, mutate, release]);
  const id = data?.jobId ?? first;
  const { data: job = null } = useQuery({
    queryKey: ['jobs', 'list'],
    queryFn: () => value(bridge.jobs.list()),
    select: (jobs) => jobs.find((each) => each.id === id) ?? null,
  });
  const cancel = useMutation({ mutationFn: (id: string) => value(bridge.jobs.cancel({ id })) });
  const stopped = job?.state === 'cancelled' || job?.state === 'failed';
  const message = error?.message ?? (stopped ? job.message : null);
  if (message !== null)
    return (
      <div className={css['strip']} role="status">
        <span>{message}</span>
        <Button variant="default" onClick={() => mutate(release)}>
          Measure the values
        </Button>
      </div>
    );
  const counted = job !== null && job.total > 0;
  return (
    <div className={css['strip']} role="status">
      <span>
        Walking over the values
        {counted && `: ${formatCount(job.done)} of ${formatCount(job.total)}`}
      </span>
      <Progress
        className={css['progress'] ?? ''}
        size={4}
        value={counted ? (100 * job.done) / job.total : 0}
        aria-label="Progress: walking over the values"
      />
      {job !== null && (
        <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate(job.id)}>
          Cancel
        </Button>
      )}
    </div>
  );
}
