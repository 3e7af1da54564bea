import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import type { Job } from '../../shared/contract/jobs.ts';
import { JobProgress } from '../components/JobProgress.tsx';
import { Mark } from '../components/Mark.tsx';
import { bridge, value } from './bridge.ts';
import { ImportLines } from './ImportLines.tsx';
import css from './JobTray.module.css';
import { useImports } from './imports.ts';
import { useJobs } from './jobs.ts';

/** Work that runs or waits, with rate, time left and cancel; what failed and what was done last, until it is put away. */
export function JobTray() {
  const { data: jobs = [] } = useJobs();
  const imports = useImports((state) => state.lines);
  const clear = useMutation({ mutationFn: () => value(bridge.jobs.clear()) });
  if (jobs.length === 0 && imports.length === 0) return null;
  const done = jobs.filter(({ state }) => state === 'done');
  const shown = jobs.filter((job) => job.state !== 'done' || job === done.at(-1));
  const finished = jobs.some(({ state }) => state !== 'running' && state !== 'queued');
  return (
    <section className={css['tray']} aria-label="Running work">
      <ImportLines lines={imports} />
      {shown.map((job, index) => (
        <div key={job.id} className={css['line']}>
          <JobLine job={job} earlier={job === done.at(-1) ? done.length - 1 : 0} />
          {finished && index === shown.length - 1 && (
            <Button variant="subtle" color="gray" onClick={() => clear.mutate()}>
              Put away
            </Button>
          )}
        </div>
      ))}
    </section>
  );
}

/** `earlier`: how many pieces of work that ended well before this one are not shown. */
function JobLine({ job, earlier }: { job: Job; earlier: number }) {
  const router = useRouter();
  const title = (
    <span className={`${css['title']} truncate`} title={job.title}>
      {job.title}
    </span>
  );
  if (job.state === 'running' || job.state === 'queued')
    return (
      <>
        {title}
        <JobProgress job={job} />
      </>
    );
  return (
    <>
      {title}
      <span className={css['message']}>
        {job.state === 'done' && (
          <>
            <Mark tone="pass" shape="tick">
              Done
            </Mark>{' '}
            {earlier > 0 && <span className="quiet">after {earlier} more</span>}
          </>
        )}
        {job.state === 'cancelled' && (
          <Mark tone="plain" shape="dash">
            Cancelled
          </Mark>
        )}
        {job.state === 'interrupted' && (
          <>
            <Mark tone="unknown" shape="half">
              Interrupted
            </Mark>{' '}
            {job.message}
          </>
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
