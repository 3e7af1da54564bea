import { Button, PasswordInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { HeldKey } from '../../../shared/contract/roster.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { agreedPassphrase, NewPassphrase, NOTHING_TYPED } from './NewPassphrase.tsx';
import { useChangePassphrase } from './queries.ts';
import css from './Roster.module.css';

export function ChangePassphrase({ of, onDone }: { of: HeldKey; onDone: () => void }) {
  const [passphrase, setPassphrase] = useState('');
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const change = useChangePassphrase();
  const newPassphrase = agreedPassphrase(typed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (newPassphrase !== null)
      change.mutate({ keyId: of.keyId, passphrase, newPassphrase }, { onSuccess: onDone });
  };
  return (
    <form className={css['form']} onSubmit={submit} aria-label="Change the passphrase">
      <PasswordInput
        className={css['wide'] ?? ''}
        label="Passphrase now"
        size="sm"
        autoComplete="off"
        data-autofocus
        value={passphrase}
        onChange={(event) => setPassphrase(event.currentTarget.value)}
      />
      <NewPassphrase typed={typed} onChange={setTyped} />
      <p className={`${css['wide']} quiet`}>
        Backups made before keep the old passphrase; make a new one and destroy those.
      </p>
      {change.error !== null && (
        <div className={css['wide']}>
          <ErrorState error={change.error} />
        </div>
      )}
      <div className={css['buttons']}>
        <Button
          type="submit"
          disabled={passphrase === '' || newPassphrase === null}
          loading={change.isPending}
        >
          Change the passphrase
        </Button>
      </div>
    </form>
  );
}
