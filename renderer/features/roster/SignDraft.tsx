import { Button, PasswordInput, Select } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { RosterDetail, RosterDraft } from '../../../shared/contract/roster.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { prepare } from './next-version.ts';
import { useHeldKeys, useSignDraft } from './queries.ts';
import css from './Roster.module.css';

/** Adds the signature of a root whose key lies here; new roots sign with a key that the draft brings in. */
export function SignDraft({ roster, draft }: { roster: RosterDetail; draft: RosterDraft }) {
  const held = useHeldKeys();
  const sign = useSignDraft();
  const [keyId, setKeyId] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const roots = new Map(
    roster.people
      .filter(({ roles }) => roles.includes('root'))
      .flatMap(({ name, keys }) => keys.map((key) => [key.keyId, name] as const)),
  );
  const here = (held.data ?? []).filter((key) => roots.has(key.keyId) || key.person === null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (keyId === null) return;
    sign.mutate(
      { text: draft.text, keyId, passphrase },
      {
        onSuccess: ({ text }) => prepare({ base: roster.digest, changes: [], draft: text }),
        onSettled: () => setPassphrase(''),
      },
    );
  };
  return (
    <form onSubmit={submit} aria-label="Sign the draft">
      <div className={css['row']}>
        <Select
          label="Sign as root"
          placeholder={here.length === 0 ? 'No key of a root is here' : 'Choose a key'}
          w={280}
          data={here.map((key) => ({
            value: key.keyId,
            label: roots.get(key.keyId) ?? `Key ${key.keyId.slice(0, 8)}, new to the roster`,
          }))}
          value={keyId}
          onChange={setKeyId}
        />
        <PasswordInput
          label="Passphrase of the key"
          w={240}
          size="sm"
          autoComplete="off"
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        <Button type="submit" h={36} disabled={keyId === null || passphrase === ''} loading={sign.isPending}>
          Sign version {draft.version}
        </Button>
      </div>
      {sign.error !== null && <ErrorState error={sign.error} />}
    </form>
  );
}
