import { useEffect } from 'react';
import { Code } from '../../components/Code.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Section } from '../../components/Section.tsx';
import { Skeletons } from '../../components/Skeletons.tsx';
import { VerificationSteps } from '../../components/VerificationSteps.tsx';
import { useVerifyLog } from './queries.ts';

/** Verifies as soon as it is opened, and shows the checkpoint that others can countersign. */
export function LogVerification({ note }: { note: string | undefined }) {
  const { data, error, mutate } = useVerifyLog();
  useEffect(() => mutate(), [mutate]);
  return (
    <>
      {error !== null && <ErrorState error={error} retry={() => mutate()} />}
      {error === null && data === undefined && <Skeletons rows={4} />}
      {data !== undefined && <VerificationSteps verification={data} />}
      {note !== undefined && (
        <Section title="Checkpoint" note="A signed note, to be kept by others too">
          <Code label="Checkpoint" text={note} />
        </Section>
      )}
    </>
  );
}
