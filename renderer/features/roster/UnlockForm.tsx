import { Button, PasswordInput, SegmentedControl, Select } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useWindowState } from '../../app/window-state.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { listOf } from '../../components/number.ts';
import { usePeople } from '../signoff/queries.ts';
import { useUnlock } from './queries.ts';
import css from './Roster.module.css';

const MINUTES = [
  { value: '15', label: '15 min' },
  { value: '60', label: '1 hour' },
  { value: '240', label: '4 hours' },
  { value: '480', label: '8 hours' },
];

/** Unlocks a key for a while of the person's choosing. */
export function UnlockForm({
  label,
  action,
  onDone,
}: {
  label: string;
  action: string;
  onDone?: () => void;
}) {
  const people = usePeople();
  const unlock = useUnlock();
  const mine = useWindowState((state) => state.keyId);
  const set = useWindowState((state) => state.set);
  const [chosen, setChosen] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [minutes, setMinutes] = useState('60');
  const here = people.data?.filter((person) => person.keyHere && person.organisation === 'us') ?? [];
  const keyId = chosen ?? here.find((person) => person.keyId === mine)?.keyId ?? null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (keyId === null) return;
    unlock.mutate(
      { keyId, passphrase, minutes: Number(minutes) },
      {
        onSuccess: () => {
          set({ keyId });
          onDone?.();
        },
        onSettled: () => setPassphrase(''),
      },
    );
  };
  return (
    <form onSubmit={submit} aria-label={label}>
      <div className={css['row']}>
        <Select
          label="Person"
          placeholder={here.length === 0 ? 'No key of the US team is here' : 'Choose a key of this workspace'}
          w={280}
          data={here.map(({ keyId, person, roles }) => ({
            value: keyId,
            label: `${person} (${listOf(roles)})`,
          }))}
          value={keyId}
          onChange={setChosen}
        />
        <PasswordInput
          label="Passphrase of the key"
          w={240}
          size="sm"
          autoComplete="off"
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        <SegmentedControl
          aria-label="How long the key stays unlocked"
          size="sm"
          data={MINUTES}
          value={minutes}
          onChange={setMinutes}
        />
        <Button
          type="submit"
          h={36}
          disabled={keyId === null || passphrase === ''}
          loading={unlock.isPending}
        >
          {action}
        </Button>
      </div>
      <p className="quiet" style={{ marginTop: 8, maxWidth: 720 }}>
        It says who reviews here. Approvals and everything else that an auditor counts ask for the passphrase
        each time. It locks when the time is up, and when this machine sleeps or locks its screen.
      </p>
      {unlock.error !== null && <ErrorState error={unlock.error} />}
    </form>
  );
}
