import { Button, Progress } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import type { Job } from '../../shared/contract/jobs.ts';
import { Mark } from '../components/Mark.tsx';
import { formatCount, formatDuration } from '../components/number.ts';
import { bridge, value } from './bridge.ts';
import { ImportLines } from './ImportLines.tsx';
import css from './JobTray.module.css';
import { useImports } from './imports.ts';

/** Running work with rate, time left and cancel; finished work until it is put away. */
export function JobTray() {
  const { data: jobs = [] } = useQuery({
    queryKey: ['jobs', 'list'],
    queryFn: () => value(bridge.jobs.list()),
  });
  const imports = useImports((state) => state.lines);
  const clear = useMutation({ mutationFn: () => value(bridge.jobs.clear()) });
  if (jobs.length === 0 && imports.length === 0) return null;
  const finished = jobs.some((job) => job.state !== 'running');
  return (
    <section className={css['tray']} aria-label="Running work">
      <ImportLines lines={imports} />
      {jobs.map((job, index) => (
        <div key={job.id} className={css['line']}>
          <JobLine job={job} />
          {finished && index === jobs.length - 1 && (
            <Button variant="subtle" color="gray" onClick={() => clear.mutate()}>
              Put away
            </Button>
          )}
        </div>
      ))}
    </section>
  );
}

function JobLine({ job }: { job: Job }) {
  const router = useRouter();
  const cancel = useMutation({ mutationFn: () => value(bridge.jobs.cancel({ id: job.id })) });
  const title = (
    <span className={`${css['title']} truncate`} title={job.title}>
      {job.title}
    </span>
  );
  if (job.state === 'running') {
    const left = job.rate !== null && job.rate > 0 ? (job.total - job.done) / job.rate : null;
    return (
      <>
        {title}
        <Progress
          className={css['progress'] ?? ''}
          value={job.total > 0 ? (100 * job.done) / job.total : 0}
          size={4}
          transitionDuration={120}
          aria-label={`Progress of ${job.title}`}
        />
        <span className={css['numbers']}>
          {formatCount(job.done)} of {formatCount(job.total)} {job.unit}
          {job.rate !== null && ` · ${formatCount(Math.round(job.rate))}/s`}
          {left !== null && ` · ${formatDuration(left)} left`}
        </span>
        <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
          Cancel
        </Button>
      </>
    );
  }
  return (
    <>
      {title}
      <span className={css['message']}>
        {job.state === 'done' && (
          <Mark tone="pass" shape="tick">
            Done
          </Mark>
        )}
        {job.state === 'cancelled' && (
          <Mark tone="plain" shape="dash">
            Cancelled
          </Mark>
        )}
        {job.state === 'failed' && (
          <>
            <Mark tone="fail" shape="cross">
              Failed
            </Mark>{' '}
            {job.message}
          </>
        )}
      </span>
      <Button variant="default" onClick={() => router.history.push(job.route)}>
        Open
      </Button>
    </>
  );
}
