import { Button } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { Digest } from '../../components/Digest.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Mark } from '../../components/Mark.tsx';
import { agreedPassphrase, NewPassphrase, NOTHING_TYPED } from './NewPassphrase.tsx';
import { useNewKey } from './queries.ts';
import css from './Roster.module.css';

export function MakeKey() {
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const make = useNewKey();
  const passphrase = agreedPassphrase(typed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (passphrase !== null) make.mutate({ passphrase }, { onSettled: () => setTyped(NOTHING_TYPED) });
  };
  return (
    <form
      className={css['form']}
      style={{ maxWidth: 720, marginTop: 12 }}
      onSubmit={submit}
      aria-label="Make a key"
    >
      <NewPassphrase typed={typed} onChange={setTyped} />
      <div className={css['wide']}>
        <Button type="submit" disabled={passphrase === null} loading={make.isPending}>
          Make the key
        </Button>
      </div>
      {make.error !== null && (
        <div className={css['wide']}>
          <ErrorState error={make.error} />
        </div>
      )}
      {make.data !== undefined && (
        <p className={css['wide']} role="status">
          <Mark tone="pass" shape="tick">
            Made
          </Mark>{' '}
          key <Digest of={make.data.keyId} />. Back it up, then have the roots put it onto the roster.
        </p>
      )}
    </form>
  );
}
