import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { bridge, value } from '../../app/bridge.ts';
import { useSubject } from '../../app/place.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Page } from '../../components/Page.tsx';
import { VerificationSteps } from '../../components/VerificationSteps.tsx';
import css from './Document.module.css';

/** Checks a record file with the workspace's roster, never with keys inside the record. */
export function VerifyPage() {
  useSubject('Verify a record');
  const verify = useMutation({
    mutationFn: async () => {
      const record = await value(bridge.shell.chooseRecord());
      if (record === null) return null;
      const verification = await value(bridge.signoff.verify({ json: record.json }));
      return { path: record.path, verification };
    },
  });
  const choose = (
    <Button loading={verify.isPending} onClick={() => verify.mutate()}>
      Choose a record…
    </Button>
  );
  const { data } = verify;
  return (
    <Page title="Verify a record" lead={data && <span>{data.path}</span>} actions={data && choose}>
      <div className={css['document']}>
        {verify.error !== null && <ErrorState error={verify.error} />}
        {data ? (
          <VerificationSteps verification={data.verification} />
        ) : (
          <EmptyState title="A record proves itself" action={choose}>
            Choose a release record (.json). It is checked step by step against the roster of this workspace;
            keys that a record brings along are never trusted.
          </EmptyState>
        )}
      </div>
    </Page>
  );
}
