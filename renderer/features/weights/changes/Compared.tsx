import { Button, Progress } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import type { ChangesView, ReleasePair } from '../../../../shared/contract/changes.ts';
import { bridge, value } from '../../../app/bridge.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { Loaded } from '../../../components/Loaded.tsx';
import { formatCount } from '../../../components/number.ts';
import { rankerName } from '../../../components/ranker-name.ts';
import css from './Changes.module.css';
import { useChanges, useCompare, useJob } from './queries.ts';

type Compared = NonNullable<ChangesView['compared']>;

/** Two releases, compared when they are first looked at. */
export function Compared({
  pair,
  children,
}: {
  pair: ReleasePair;
  children: (compared: Compared, view: ChangesView) => ReactNode;
}) {
  const query = useChanges(pair);
  return (
    <Loaded query={query}>
      {(view) =>
        view.compared === null ? <Comparing pair={pair} view={view} /> : children(view.compared, view)
      }
    </Loaded>
  );
}

/** Starts by itself once; after a cancel or a failure it waits to be asked. */
function Comparing({ pair, view }: { pair: ReleasePair; view: ChangesView }) {
  const { mutate, error, data, isIdle } = useCompare();
  const [first] = useState(view.jobId);
  useEffect(() => {
    if (first === null && isIdle) mutate(pair);
  }, [first, isIdle, mutate, pair]);
  const job = useJob(data?.jobId ?? view.jobId).data ?? null;
  const cancel = useMutation({ mutationFn: (id: string) => value(bridge.jobs.cancel({ id })) });
  const [before, after] = [rankerName(view.before), rankerName(view.after)];
  if (error !== null) return <ErrorState error={error} retry={() => mutate(pair)} />;
  if (job === null || job.state === 'running' || job.state === 'done') {
    return (
      <div className={css['running']} role="status">
        <p>
          Comparing {after} with {before}
          {job !== null && job.total > 0 && `: ${formatCount(job.done)} of ${formatCount(job.total)} values`}
        </p>
        <Progress
          my={12}
          size={4}
          value={job !== null && job.total > 0 ? (100 * job.done) / job.total : 0}
          aria-label={`Progress of comparing ${after} with ${before}`}
        />
        {job !== null && (
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate(job.id)}>
            Cancel
          </Button>
        )}
      </div>
    );
  }
  return (
    <EmptyState
      title={job.state === 'cancelled' ? 'Not compared: it was cancelled' : 'The two could not be compared'}
      action={
        <Button variant="default" onClick={() => mutate(pair)}>
          Compare {after} with {before}
        </Button>
      }
    >
      {job.message ?? 'Nothing of it was kept.'}
    </EmptyState>
  );
}
