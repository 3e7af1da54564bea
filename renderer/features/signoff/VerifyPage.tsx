import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { bridge, value } from '../../app/bridge.ts';
import { useDropHere } from '../../app/drop.ts';
import { useSubject } from '../../app/place.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { Page } from '../../components/Page.tsx';
import { VerificationSteps } from '../../components/VerificationSteps.tsx';
import css from './Document.module.css';
import { useVerifyFile } from './queries.ts';
import { TrustedRoster } from './TrustedRoster.tsx';

const route = getRouteApi('/frame/signoff/verify');

/** Checks a record or a package with the roster that the person trusts, never with keys inside the file. */
export function VerifyPage() {
  useSubject('Verify a record');
  const { record, rosters, pin } = route.useSearch();
  const navigate = route.useNavigate();
  const open = useCallback(
    (record: string) => void navigate({ search: (before) => ({ ...before, record }) }),
    [navigate],
  );
  const onDrop = useCallback((paths: string[]) => open(paths[0] ?? ''), [open]);
  useDropHere(onDrop, 'Drop to verify', 'A release record (.json) or a package (.zip)');
  const choose = async () => {
    const [path] = await value(bridge.shell.chooseFiles({ what: 'record' }));
    if (path !== undefined) open(path);
  };
  const verify = useVerifyFile({ path: record, rosters, pin });
  const button = (
    <Button loading={verify.isFetching} onClick={() => void choose()}>
      Choose a record…
    </Button>
  );
  return (
    <Page
      title="Verify a record"
      lead={
        record !== '' && (
          <span className="truncate" title={record}>
            {record}
          </span>
        )
      }
      actions={record !== '' && button}
    >
      <div className={css['document']}>
        <TrustedRoster
          rosters={rosters}
          pin={pin}
          onChange={(trust) => void navigate({ search: (before) => ({ ...before, ...trust }) })}
        />
        {record === '' ? (
          <EmptyState title="A record proves itself" action={button}>
            Choose a release record (.json) or a whole package (.zip), or drop one here. It is checked step by
            step; keys that it brings along are never trusted.
          </EmptyState>
        ) : (
          <Loaded query={verify}>
            {(verification) => <VerificationSteps verification={verification} />}
          </Loaded>
        )}
      </div>
    </Page>
  );
}
