import { Button, PasswordInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { bridge, value } from '../../app/bridge.ts';
import { Digest } from '../../components/Digest.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Mark } from '../../components/Mark.tsx';
import { useRestoreKey } from './queries.ts';
import css from './Roster.module.css';

export function RestoreKey() {
  const [file, setFile] = useState<{ path: string; text: string } | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const restore = useRestoreKey();
  const choose = async () => {
    const chosen = await value(bridge.shell.chooseText({ what: 'key' }));
    if (chosen !== null) setFile(chosen);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (file === null) return;
    restore.mutate(
      { pem: file.text, passphrase },
      { onSettled: () => setPassphrase(''), onSuccess: () => setFile(null) },
    );
  };
  return (
    <form onSubmit={submit} aria-label="Restore a key">
      <div className={css['row']}>
        <Button variant="default" h={36} onClick={() => void choose()}>
          {file === null ? 'Choose a backup…' : (file.path.split(/[\\/]/).at(-1) ?? file.path)}
        </Button>
        <PasswordInput
          label="Passphrase of the backup"
          w={280}
          size="sm"
          autoComplete="off"
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        <Button
          type="submit"
          h={36}
          disabled={file === null || passphrase === ''}
          loading={restore.isPending}
        >
          Restore the key
        </Button>
      </div>
      {restore.error !== null && <ErrorState error={restore.error} />}
      {restore.data !== undefined && (
        <p role="status">
          <Mark tone="pass" shape="tick">
            Restored
          </Mark>{' '}
          key <Digest of={restore.data.keyId} />
          {restore.data.person !== null && ` of ${restore.data.person}`}
        </p>
      )}
    </form>
  );
}
