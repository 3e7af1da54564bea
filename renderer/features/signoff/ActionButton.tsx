import { Button, Group, Modal, PasswordInput, Select, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { PossibleAction, SignoffDetail } from '../../../shared/contract/signoff.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { listOf } from '../../components/number.ts';
import { useAct } from './queries.ts';

const WORDS: Record<PossibleAction['action'], { ask: string; outcome: string }> = {
  submit: { ask: 'Submit', outcome: 'From then on it waits for somebody to take it into review.' },
  review: { ask: 'Take into review', outcome: 'From then on its evidence can be frozen and signed.' },
  withdraw: { ask: 'Withdraw', outcome: 'It is decided no more; the same bytes never come back.' },
  promote: {
    ask: 'Put into production',
    outcome: 'From then on it ranks US feeds, and the release in production now becomes superseded.',
  },
  'roll back': {
    ask: 'Roll production back',
    outcome:
      'From then on this earlier release ranks US feeds again, and the one in production becomes superseded.',
  },
  revoke: { ask: 'Revoke', outcome: 'It may rank US feeds no more and never again.' },
  diverge: {
    ask: 'Refuse, unlike the global team',
    outcome:
      'What the global team decided, and why the US team decides otherwise, is kept as a signed record.',
  },
};

/** No action needs more signatures than this. */
const ORDINALS = ['first', 'second', 'third'] as const;

interface Props {
  name: string;
  signoff: SignoffDetail;
  action: PossibleAction;
}

/** Opens the form in which the right people sign an action that moves a release. */
export function ActionButton({ name, signoff, action }: Props) {
  const [asking, setAsking] = useState(false);
  const { ask } = WORDS[action.action];
  return (
    <>
      <Button
        variant={action.action === 'promote' ? 'filled' : 'default'}
        disabled={action.blockedBecause !== null}
        title={action.blockedBecause ?? undefined}
        onClick={() => setAsking(true)}
      >
        {ask}…
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={`${ask}: ${name}`}>
        <ActionForm name={name} signoff={signoff} action={action} onDone={() => setAsking(false)} />
      </Modal>
    </>
  );
}

function ActionForm({ name, signoff, action, onDone }: Props & { onDone: () => void }) {
  const act = useAct();
  const [signers, setSigners] = useState(
    Array.from({ length: action.signatures }, () => ({ keyId: '', passphrase: '' })),
  );
  const [reason, setReason] = useState('');
  const [globalDecision, setGlobalDecision] = useState('');
  const may = signoff.signers.filter(
    ({ keyHere, organisation, roles, person }) =>
      keyHere &&
      organisation === 'us' &&
      roles.some((role) => action.roles.includes(role)) &&
      (action.only === null || action.only === person),
  );
  const change = (at: number, part: Partial<{ keyId: string; passphrase: string }>) =>
    setSigners(signers.map((signer, index) => (index === at ? { ...signer, ...part } : signer)));
  const diverges = action.action === 'diverge';
  const ready =
    signers.every(({ keyId, passphrase }) => keyId !== '' && passphrase !== '') &&
    (!action.needsReason || reason.trim() !== '') &&
    (!diverges || globalDecision.trim() !== '');
  const submit = () =>
    act.mutate(
      {
        releaseDigest: signoff.releaseDigest,
        action: action.action,
        reason,
        signers,
        ...(diverges ? { globalDecision } : {}),
      },
      {
        onSettled: () => setSigners(signers.map((signer) => ({ ...signer, passphrase: '' }))),
        onSuccess: onDone,
      },
    );
  const { ask, outcome } = WORDS[action.action];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="sm">
        <Text size="sm">{outcome}</Text>
        {ORDINALS.slice(0, signers.length).map((ordinal, at) => (
          <div key={ordinal}>
            <Select
              label={signers.length === 1 ? 'Sign as' : `Sign as, the ${ordinal}`}
              placeholder={may.length === 0 ? `No key here of ${listOf(action.roles)}` : 'Choose a key'}
              data={may.map(({ keyId, person, roles }) => ({
                value: keyId,
                label: `${person} (${listOf(roles)})`,
              }))}
              value={signers[at]?.keyId || null}
              onChange={(keyId) => change(at, { keyId: keyId ?? '' })}
            />
            <PasswordInput
              label="Passphrase of the key"
              autoComplete="off"
              value={signers[at]?.passphrase ?? ''}
              onChange={(event) => change(at, { passphrase: event.currentTarget.value })}
            />
          </div>
        ))}
        {diverges && (
          <Textarea
            label="What the global team decided, and where that stands"
            autosize
            value={globalDecision}
            onChange={(event) => setGlobalDecision(event.currentTarget.value)}
          />
        )}
        <Textarea
          label={action.needsReason ? 'Reason' : 'Reason, if any'}
          autosize
          minRows={2}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {act.error !== null && <ErrorState error={act.error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone}>
            Leave as it is
          </Button>
          <Button type="submit" disabled={!ready} loading={act.isPending}>
            {ask}: {name}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
