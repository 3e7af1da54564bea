import { Button, PasswordInput, Select, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { SignoffDetail } from '../../../shared/contract/signoff.ts';
import { useWindowState } from '../../app/window-state.ts';
import { Code } from '../../components/Code.tsx';
import { Digest } from '../../components/Digest.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { listOf } from '../../components/number.ts';
import css from './Document.module.css';
import { useSign } from './queries.ts';

/** The exact bytes first, then who, why and the passphrase; nothing is signed but what is shown. */
export function SignatureForm({
  name,
  signoff,
  statement,
}: {
  name: string;
  signoff: SignoffDetail;
  statement: NonNullable<SignoffDetail['statement']>;
}) {
  const preferred = useWindowState((state) => state.keyId);
  const [chosen, setChosen] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [reason, setReason] = useState('');
  const [conditions, setConditions] = useState('');
  const [waived, setWaived] = useState<Record<string, string>>({});
  const sign = useSign();
  const decided = new Set(signoff.decisions.map(({ keyId }) => keyId));
  const here = signoff.signers.filter(({ keyHere, keyId }) => keyHere && !decided.has(keyId));
  const keyId = chosen ?? here.find((signer) => signer.keyId === preferred)?.keyId ?? null;
  const signer = here.find((signer) => signer.keyId === keyId);
  const wouldNotCount = signer?.notCountedBecause ?? null;
  const decide = (decision: 'approve' | 'refuse') => {
    if (keyId === null) return;
    sign.mutate(
      {
        releaseDigest: signoff.releaseDigest,
        statementDigest: statement.digest,
        keyId,
        passphrase,
        decision,
        reason,
        conditions,
        waivers:
          decision === 'approve'
            ? statement.toWaive.map(({ gate }) => ({ gate, reason: waived[gate] ?? '' }))
            : [],
      },
      {
        onSettled: () => setPassphrase(''),
        onSuccess: () => {
          setChosen(null);
          setReason('');
          setConditions('');
          setWaived({});
        },
      },
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    decide('approve');
  };
  const ready = keyId !== null && passphrase !== '' && reason.trim() !== '';
  const answered = statement.toWaive.every(({ gate }) => (waived[gate] ?? '').trim() !== '');
  return (
    <>
      <p className={css['prose']}>
        You sign the statement below, exactly these bytes, with SHA-256 <Digest of={statement.digest} whole />
        .
      </p>
      <details className={css['prose']}>
        <summary>Read the statement</summary>
        <Code label="Release statement" text={statement.json} />
      </details>
      <form className={css['form']} onSubmit={submit}>
        <Select
          label="Sign as"
          placeholder="Choose a key of this workspace"
          data={here.map(({ keyId, person, roles }) => ({
            value: keyId,
            label: `${person} (${listOf(roles)})`,
          }))}
          value={keyId}
          onChange={setChosen}
          description={wouldNotCount === null ? undefined : `Would not count: ${wouldNotCount}`}
          nothingFoundMessage="No key here that has not signed yet"
        />
        <PasswordInput
          label="Passphrase of the key"
          size="sm"
          autoComplete="off"
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        <Textarea
          className={css['wide'] ?? ''}
          label="Reason"
          description="What convinced you, or what did not"
          size="sm"
          autosize
          minRows={2}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <TextInput
          className={css['wide'] ?? ''}
          label="Conditions, if any"
          value={conditions}
          onChange={(event) => setConditions(event.currentTarget.value)}
        />
        {statement.toWaive.map(({ gate, title }) => (
          <TextInput
            key={gate}
            className={css['wide'] ?? ''}
            label={`“${title}” failed: why that does not stand in the way`}
            description="An approval says so in words; a refusal needs none"
            size="sm"
            value={waived[gate] ?? ''}
            onChange={(event) => setWaived({ ...waived, [gate]: event.currentTarget.value })}
          />
        ))}
        {sign.error !== null && (
          <div className={css['wide']}>
            <ErrorState error={sign.error} />
          </div>
        )}
        <div className={css['buttons']}>
          <Button type="submit" size="sm" h={36} disabled={!ready || !answered} loading={sign.isPending}>
            Sign approval of {name}
          </Button>
          <Button
            size="sm"
            h={36}
            variant="default"
            disabled={!ready || sign.isPending}
            onClick={() => decide('refuse')}
          >
            Sign refusal of {name}
          </Button>
        </div>
      </form>
    </>
  );
}
