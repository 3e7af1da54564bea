import { Button, PasswordInput, Select } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Reviewer } from '../../../shared/contract/review.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Mark } from '../../components/Mark.tsx';
import { listOf } from '../../components/number.ts';
import { usePeople } from '../signoff/queries.ts';
import { useLock, useUnlock } from './queries.ts';
import css from './Review.module.css';

/** Says who reviews here, and lets a person unlock their key or lock it again. */
export function Unlock({ reviewer }: { reviewer: Reviewer | null }) {
  const people = usePeople();
  const unlock = useUnlock();
  const lock = useLock();
  const [keyId, setKeyId] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState('');
  if (reviewer !== null) {
    return (
      <>
        <Mark tone="pass" shape="dot">
          {reviewer.name} ({listOf(reviewer.roles)}), key unlocked
        </Mark>
        <Button size="compact-xs" variant="default" loading={lock.isPending} onClick={() => lock.mutate()}>
          Lock
        </Button>
      </>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (keyId !== null) unlock.mutate({ keyId, passphrase }, { onSettled: () => setPassphrase('') });
  };
  const here = people.data?.filter((person) => person.keyHere && person.organisation === 'us') ?? [];
  return (
    <form className={css['form']} onSubmit={submit} aria-label="Unlock a key for review">
      <Select
        label="Person"
        placeholder="Choose a key of this workspace"
        w={280}
        data={here.map(({ keyId, person, roles }) => ({
          value: keyId,
          label: `${person} (${listOf(roles)})`,
        }))}
        value={keyId}
        onChange={setKeyId}
      />
      <PasswordInput
        label="Passphrase of the key"
        w={240}
        autoComplete="off"
        value={passphrase}
        onChange={(event) => setPassphrase(event.currentTarget.value)}
      />
      <Button type="submit" disabled={keyId === null || passphrase === ''} loading={unlock.isPending}>
        Unlock for review
      </Button>
      {unlock.error !== null && <ErrorState error={unlock.error} />}
    </form>
  );
}
