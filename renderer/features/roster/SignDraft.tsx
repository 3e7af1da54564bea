import { Button, PasswordInput, Select } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { RosterDraft } from '../../../shared/contract/roster.ts';
import { Roster } from '../../../shared/domain/roster/roster.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { prepare } from './next-version.ts';
import { useHeldKeys, useSignDraft } from './queries.ts';
import css from './Roster.module.css';
import type { RosterSoFar } from './roster-so-far.ts';

/** Adds the signature of a root whose key lies here; new roots sign with a key that the draft brings in. */
export function SignDraft({ roster, draft }: { roster: RosterSoFar; draft: RosterDraft }) {
  const held = useHeldKeys();
  const sign = useSignDraft();
  const [keyId, setKeyId] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const drafted = Roster.parse(JSON.parse(draft.json)).people.map(({ name, roles, keys }) => {
    return { name, roles, pems: keys.map(({ publicKey }) => publicKey) };
  });
  const former = roster.people.map(({ name, roles, keys }) => {
    return { name, roles, pems: keys.map(({ pem }) => pem) };
  });
  const roots = [...former, ...drafted].filter(({ roles }) => roles.includes('root'));
  const rootOf = (pem: string) => roots.find(({ pems }) => pems.includes(pem))?.name;
  const here = (held.data ?? []).flatMap(({ keyId, pem }) => {
    const label = rootOf(pem);
    return label === undefined ? [] : [{ value: keyId, label: `${label}, key ${keyId.slice(0, 8)}` }];
  });
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
          data={here}
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
