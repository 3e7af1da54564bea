import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { RosterDetail, RosterDraft } from '../../../shared/contract/roster.ts';
import { Code } from '../../components/Code.tsx';
import { Digest } from '../../components/Digest.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { Mark } from '../../components/Mark.tsx';
import { listOf } from '../../components/number.ts';
import { SaveText } from '../../components/SaveText.tsx';
import { discardNextVersion } from './next-version.ts';
import { useDraft, useImportRoster } from './queries.ts';
import css from './Roster.module.css';
import { SignDraft } from './SignDraft.tsx';

/** A version that roots are signing: what it says, who signed, and what is missing before it is taken in. */
export function Draft({ roster, text }: { roster: RosterDetail; text: string }) {
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
  roster: RosterDetail;
  draft: RosterDraft;
  discard: ReactNode;
}) {
  const take = useImportRoster();
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
          ['Signed by', signers.length === 0 ? 'nobody yet' : listOf(signers)],
          [
            'Missing',
            incompleteBecause === null ? (
              <Mark key="missing" tone="pass" shape="tick">
                Nothing: it continues the chain
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
      {take.error !== null && <ErrorState error={take.error} />}
      <div className={css['row']}>
        <SaveText
          label="Hand the draft over…"
          make={() => Promise.resolve({ fileName: `roster-${version}-draft.json`, text: draft.text })}
        />
        {incompleteBecause === null && (
          <Button
            loading={take.isPending}
            onClick={() => take.mutate(draft.text, { onSuccess: discardNextVersion })}
          >
            Take in as version {version}
          </Button>
        )}
        {discard}
      </div>
    </>
  );
}
