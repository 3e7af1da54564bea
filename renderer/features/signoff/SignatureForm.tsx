import { Button, PasswordInput, SegmentedControl, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState, type FormEvent } from 'react';
import type { DecisionInput, SignoffDetail } from '../../../shared/contract/signoff.ts';
import { useWindowState } from '../../app/window-state.ts';
import { Code } from '../../components/Code.tsx';
import { Digest } from '../../components/Digest.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { listOf } from '../../components/number.ts';
import { DEEDS, decisionsOf, signersFor, type Decision } from './decisions.ts';
import css from './Document.module.css';
import { usePreview, useSign } from './queries.ts';
import { NO_TERMS, termsOf, TermsFields } from './TermsFields.tsx';

/** Who, what and why first, then the exact bytes and the passphrase; nothing is signed but what is shown. */
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
  const possible = decisionsOf(signoff);
  const [wanted, setWanted] = useState<Decision | null>(null);
  const decision = possible.find((one) => one === wanted) ?? possible[0] ?? 'refuse';
  const [chosen, setChosen] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [terms, setTerms] = useState(NO_TERMS);
  const sign = useSign();
  const here = signersFor(decision, signoff);
  const keyId = [chosen, preferred].find((one) => here.some((signer) => signer.keyId === one)) ?? null;
  const wouldNotCount = here.find((signer) => signer.keyId === keyId)?.notCountedBecause ?? null;
  const answered =
    decision !== 'approve' || statement.toWaive.every(({ gate }) => (terms.waived[gate] ?? '').trim() !== '');
  const input: DecisionInput | null =
    keyId === null || terms.reason.trim() === '' || !answered
      ? null
      : {
          releaseDigest: signoff.releaseDigest,
          statementDigest: statement.digest,
          keyId,
          decision,
          ...termsOf(terms, decision, signoff.gatesRevision, statement.toWaive),
        };
  const [settled] = useDebouncedValue(input === null ? null : JSON.stringify(input), 200);
  const preview = usePreview(settled);
  const shown = input !== null && settled === JSON.stringify(input) ? preview.data : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (input === null || shown === undefined) return;
    sign.mutate(
      { ...input, at: shown.at, passphrase },
      {
        onSettled: () => setPassphrase(''),
        onSuccess: () => {
          setWanted(null);
          setChosen(null);
          setTerms(NO_TERMS);
        },
      },
    );
  };
  return (
    <>
      <p className={css['prose']}>
        What you decide on is the release statement with SHA-256 <Digest of={statement.digest} whole />.
      </p>
      <details className={css['prose']}>
        <summary>Read the statement</summary>
        <Code label="Release statement" text={statement.json ?? ''} />
      </details>
      <form className={css['form']} onSubmit={submit}>
        {possible.length > 1 && (
          <SegmentedControl
            className={css['wide'] ?? ''}
            size="xs"
            w="fit-content"
            aria-label="Decision"
            data={possible.map((one) => ({ value: one, label: DEEDS[one].choose }))}
            value={decision}
            onChange={(value) => setWanted(possible.find((one) => one === value) ?? null)}
          />
        )}
        <Select
          label="Sign as"
          placeholder={
            here.length === 0 ? 'No key here that could sign this' : 'Choose a key of this workspace'
          }
          data={here.map(({ keyId, person, roles }) => ({
            value: keyId,
            label: `${person} (${listOf(roles)})`,
          }))}
          value={keyId}
          onChange={setChosen}
          description={wouldNotCount === null ? undefined : `Would not count: ${wouldNotCount}`}
        />
        <PasswordInput
          label="Passphrase of the key"
          size="sm"
          autoComplete="off"
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        <TermsFields
          terms={terms}
          onChange={setTerms}
          approving={decision === 'approve'}
          gatesRevision={signoff.gatesRevision}
          toWaive={statement.toWaive}
        />
        {input !== null && preview.error !== null && (
          <div className={css['wide']}>
            <ErrorState error={preview.error} />
          </div>
        )}
        {shown !== undefined && (
          <div className={css['wide']}>
            <p>
              You sign exactly this, SHA-256 <Digest of={shown.digest} whole />
            </p>
            <Code label="Statement you sign" text={JSON.stringify(JSON.parse(shown.json), undefined, 2)} />
          </div>
        )}
        {sign.error !== null && (
          <div className={css['wide']}>
            <ErrorState error={sign.error} />
          </div>
        )}
        <div className={css['buttons']}>
          <Button
            type="submit"
            size="sm"
            h={36}
            variant={decision === 'refuse' ? 'default' : 'filled'}
            disabled={shown === undefined || passphrase === ''}
            loading={sign.isPending}
          >
            {DEEDS[decision].sign} {name}
          </Button>
        </div>
      </form>
    </>
  );
}
