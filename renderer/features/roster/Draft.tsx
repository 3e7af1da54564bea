import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { RosterDraft } from '../../../shared/contract/roster.ts';
import { Roster } from '../../../shared/domain/roster/roster.ts';
import { Code } from '../../components/Code.tsx';
import { Digest } from '../../components/Digest.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { Mark } from '../../components/Mark.tsx';
import { listOf, plural } from '../../components/number.ts';
import { SaveText } from '../../components/SaveText.tsx';
import { discardNextVersion } from './next-version.ts';
import { useDraft, useImportRoster } from './queries.ts';
import { ReadAloud } from './ReadAloud.tsx';
import css from './Roster.module.css';
import type { RosterSoFar } from './roster-so-far.ts';
import { SignDraft } from './SignDraft.tsx';

/** A version that roots are signing: what it says, who signed, and what is missing before it is taken in. */
export function Draft({ roster, text }: { roster: RosterSoFar; text: string }) {
  const draft = useDraft(text);
  const discard = (
    <Button variant="default" onClick={discardNextVersion}>
      Put the draft away
    </Button>
  );
  return (
    <>
      <Loaded query={draft}>{(draft) => <Signing roster={roster} draft={draft} discard={discard} />}</Loaded>
      {draft.error !== null && <div className={css['row']}>{discard}</div>}
    </>
  );
}

function Signing({
  roster,
  draft,
  discard,
}: {
  roster: RosterSoFar;
  draft: RosterDraft;
  discard: ReactNode;
}) {
  const take = useImportRoster();
  const [compared, setCompared] = useState<string | null>(null);
  const { thresholds } = Roster.parse(JSON.parse(draft.json));
  const { version, digest, signers, changes, incompleteBecause, json } = draft;
  return (
    <>
      <Facts
        of={[
          [
            'Draft',
            <span key="draft">
              version {version} <Digest of={digest} />
            </span>,
          ],
          [
            'Changes',
            changes.length === 0 ? (
              'nothing'
            ) : (
              <ul key="changes" className={css['plain']}>
                {changes.map((change) => (
                  <li key={change}>{change}</li>
                ))}
              </ul>
            ),
          ],
          ['Must sign', `${plural(thresholds.approver, 'approver')}, ${plural(thresholds.root, 'root')}`],
          ['Signed by', signers.length === 0 ? 'nobody yet' : listOf(signers)],
          [
            'Missing',
            incompleteBecause === null ? (
              <Mark key="missing" tone="pass" shape="tick">
                {version === 1 ? 'Nothing: its own roots signed it' : 'Nothing: it continues the chain'}
              </Mark>
            ) : (
              <Mark key="missing" tone="unknown" shape="ring">
                {incompleteBecause}
              </Mark>
            ),
          ],
        ]}
      />
      <details style={{ marginTop: 8 }}>
        <summary>Read exactly what is signed</summary>
        <Code label="Roster as it is signed" text={JSON.stringify(JSON.parse(json), undefined, 2)} />
      </details>
      <SignDraft roster={roster} draft={draft} />
      {version === 1 && (
        <ReadAloud
          digest={digest}
          confirmed={compared === digest}
          onConfirm={(confirmed) => setCompared(confirmed ? digest : null)}
        />
      )}
      {take.error !== null && <ErrorState error={take.error} />}
      <div className={css['row']}>
        <SaveText
          label="Hand the draft over…"
          make={() => Promise.resolve({ fileName: `roster-${version}-draft.json`, text: draft.text })}
        />
        {incompleteBecause === null && (
          <Button
            loading={take.isPending}
            disabled={version === 1 && compared !== digest}
            onClick={() => take.mutate(draft.text, { onSuccess: discardNextVersion })}
          >
            {version === 1 ? 'Pin this roster' : `Take in as version ${version}`}
          </Button>
        )}
        {discard}
      </div>
    </>
  );
}
