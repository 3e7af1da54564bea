import { Button, Modal, NumberInput, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { RosterChange } from '../../../shared/contract/roster.ts';
import { prepare, useNextVersion } from './next-version.ts';
import { PersonForm } from './PersonForm.tsx';
import css from './Roster.module.css';
import type { RosterSoFar } from './roster-so-far.ts';

/** Which change of the roster a person asks for. `id` null: somebody new. */
export type Asked =
  | { readonly kind: 'person'; readonly id: string | null }
  | { readonly kind: 'remove'; readonly id: string }
  | { readonly kind: 'revoke'; readonly keyId: string }
  | { readonly kind: 'thresholds' };

/** Asks what a change needs and puts it on the list of the next version; nothing is signed yet. */
export function ChangeDialog({
  roster,
  asked,
  onClose,
}: {
  roster: RosterSoFar;
  asked: Asked | null;
  onClose: () => void;
}) {
  const next = useNextVersion(roster.digest);
  const add = (change: RosterChange) => {
    prepare({ ...next, changes: [...next.changes, change] });
    onClose();
  };
  const nameOf = (id: string) => roster.people.find((person) => person.id === id)?.name ?? id;
  const title =
    asked === null
      ? ''
      : {
          person: () =>
            asked.kind === 'person' && asked.id !== null ? `Replace ${nameOf(asked.id)}` : 'Add a person',
          remove: () => (asked.kind === 'remove' ? `Leave ${nameOf(asked.id)} off` : ''),
          revoke: () => (asked.kind === 'revoke' ? `Revoke key ${asked.keyId.slice(0, 8)}` : ''),
          thresholds: () => 'Thresholds',
        }[asked.kind]();
  return (
    <Modal opened={asked !== null} onClose={onClose} title={title} size="lg">
      {asked?.kind === 'person' && <PersonForm roster={roster} id={asked.id} onDone={add} />}
      {asked?.kind === 'remove' && (
        <>
          <p>
            The next version does not list {nameOf(asked.id)}. What they signed before stays valid; revoke
            their key if it must not.
          </p>
          <div className={css['buttons']}>
            <Button onClick={() => add({ kind: 'remove', personId: asked.id })}>
              Leave {nameOf(asked.id)} off
            </Button>
          </div>
        </>
      )}
      {asked?.kind === 'revoke' && <Revocation keyId={asked.keyId} onDone={add} />}
      {asked?.kind === 'thresholds' && <Thresholds roster={roster} onDone={add} />}
    </Modal>
  );
}

function Revocation({ keyId, onDone }: { keyId: string; onDone: (change: RosterChange) => void }) {
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onDone({ kind: 'revoke', keyId, reason: reason.trim() });
  };
  return (
    <form className={css['form']} onSubmit={submit}>
      <p className={css['wide']}>
        From the moment the version is drafted, nothing this key signs counts. It cannot be taken back.
      </p>
      <TextInput
        className={css['wide'] ?? ''}
        label="Reason"
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className={css['buttons']}>
        <Button type="submit" color="red" disabled={reason.trim() === ''}>
          Revoke in the next version
        </Button>
      </div>
    </form>
  );
}

function Thresholds({ roster, onDone }: { roster: RosterSoFar; onDone: (change: RosterChange) => void }) {
  const [approver, setApprover] = useState(roster.thresholds.approver);
  const [root, setRoot] = useState(roster.thresholds.root);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onDone({ kind: 'thresholds', approver, root });
  };
  return (
    <form className={css['form']} onSubmit={submit}>
      <NumberInput
        label="Approvers for a release"
        min={2}
        allowDecimal={false}
        value={approver}
        onChange={(value) => setApprover(Number(value))}
      />
      <NumberInput
        label="Roots for a roster"
        min={1}
        allowDecimal={false}
        value={root}
        onChange={(value) => setRoot(Number(value))}
      />
      <div className={css['buttons']}>
        <Button type="submit">Change in the next version</Button>
      </div>
    </form>
  );
}
