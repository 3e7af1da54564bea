import { Button, Progress } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { Job } from '../../shared/contract/jobs.ts';
import { bridge, value } from '../app/bridge.ts';
import css from './JobProgress.module.css';
import { formatCount, formatDuration } from './number.ts';

/** How far work is, how fast, how long it still takes, or how many stand in line before it; and a button that cancels it. */
export function JobProgress({ job }: { job: Job }) {
  const { id, title, state, place, done, total, rate, unit } = job;
  const cancel = useMutation({ mutationFn: () => value(bridge.jobs.cancel({ id })) });
  const left = rate !== null && rate > 0 ? (total - done) / rate : null;
  return (
    <>
      <Progress
        className={css['progress'] ?? ''}
        value={total > 0 ? (100 * done) / total : 0}
        size={4}
        transitionDuration={120}
        aria-label={`Progress of ${title}`}
      />
      <span className={css['numbers']}>
        {state === 'queued' ? (
          `Waiting, number ${formatCount(place ?? 1)} in line · ${formatCount(total)} ${unit}`
        ) : (
          <>
            {formatCount(done)} of {formatCount(total)} {unit}
            {rate !== null && ` · ${formatCount(Math.round(rate))}/s`}
            {done === total ? ' · finishing' : left !== null && ` · ${formatDuration(left)} left`}
          </>
        )}
      </span>
      <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
        Cancel
      </Button>
    </>
  );
}
