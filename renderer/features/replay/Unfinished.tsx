import { Button } from '@mantine/core';
import type { ReplayDetail } from '../../../shared/contract/replay.ts';
import { useJobs } from '../../app/jobs.ts';
import { ButtonLink } from '../../components/ButtonLink.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { JobProgress } from '../../components/JobProgress.tsx';
import { Section } from '../../components/Section.tsx';
import { useResume } from './queries.ts';
import css from './Replay.module.css';

/** A replay without a report: how far it is, or why there is none. */
export function Unfinished({ replay }: { replay: ReplayDetail }) {
  const { id, state, message, baseline, candidate, snapshot } = replay;
  const jobs = useJobs();
  const resume = useResume();
  const job = jobs.data?.find(({ route, state: now }) => route === `/replay/${id}` && now === state);
  if (state === 'running' || state === 'queued') {
    return (
      <>
        <EmptyState
          title={state === 'running' ? 'This replay is running' : 'This replay waits for those before it'}
        >
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
        state === 'interrupted' ? (
          <Button loading={resume.isPending} onClick={() => resume.mutate({ id })}>
            Resume
          </Button>
        ) : (
          <ButtonLink
            to="/replay"
            search={{ snapshot: snapshot.digest, baseline: baseline.digest, candidate: candidate.digest }}
          >
            Set it up again
          </ButtonLink>
        )
      }
    >
      {resume.error?.message ?? message ?? 'It holds no report, so it is no evidence for anything.'}
    </EmptyState>
  );
}
