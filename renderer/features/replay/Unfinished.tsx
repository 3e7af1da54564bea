import type { ReplayDetail } from '../../../shared/contract/replay.ts';
import { useJobs } from '../../app/jobs.ts';
import { ButtonLink } from '../../components/ButtonLink.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { JobProgress } from '../../components/JobProgress.tsx';
import { Section } from '../../components/Section.tsx';
import css from './Replay.module.css';

/** A replay without a report: how far it is, or why there is none. */
export function Unfinished({ replay }: { replay: ReplayDetail }) {
  const { id, state, message, baseline, candidate, snapshot } = replay;
  const jobs = useJobs();
  const job = jobs.data?.find(({ route, state }) => route === `/replay/${id}` && state === 'running');
  if (state === 'running') {
    return (
      <>
        <EmptyState title="This replay is running">
          Verdicts, measures and requests come here when it is done. It goes on when you leave this page.
        </EmptyState>
        {job !== undefined && (
          <Section title="Progress">
            <div className={css['progress']}>
              <JobProgress job={job} />
            </div>
          </Section>
        )}
      </>
    );
  }
  return (
    <EmptyState
      title={`This replay was ${state}`}
      action={
        <ButtonLink
          to="/replay"
          search={{ snapshot: snapshot.digest, baseline: baseline.digest, candidate: candidate.digest }}
        >
          Set it up again
        </ButtonLink>
      }
    >
      {message ?? 'It holds no report, so it is no evidence for anything.'}
    </EmptyState>
  );
}
