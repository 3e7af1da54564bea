import { JobProgress } from '../../../components/JobProgress.tsx';
import { useJobs } from '../../../app/jobs.ts';
import css from './Exchange.module.css';

/** How far the work of that title is, while it takes long enough to be one that can be cancelled. */
export function Progress({ of }: { of: string }) {
  const { data: jobs = [] } = useJobs();
  const job = jobs.find(({ title, state }) => title === of && (state === 'running' || state === 'queued'));
  return job === undefined ? null : (
    <div className={css['progress']}>
      <JobProgress job={job} />
    </div>
  );
}
