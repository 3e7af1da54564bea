import { Button } from '@mantine/core';
import { useState } from 'react';
import type { GatesInForce } from '../../../shared/contract/gates.ts';
import { useSubject } from '../../app/place.ts';
import { Digest } from '../../components/Digest.tsx';
import { LoadedPage } from '../../components/LoadedPage.tsx';
import { Mark } from '../../components/Mark.tsx';
import { Page } from '../../components/Page.tsx';
import { Section } from '../../components/Section.tsx';
import { TimeText } from '../../components/TimeText.tsx';
import { Editor } from './Editor.tsx';
import { useGates } from './queries.ts';
import { Rules } from './Rules.tsx';
import { Shipped } from './Shipped.tsx';
import { Versions } from './Versions.tsx';

/** The gates a release is held against: read, changed with a reason, and every version kept. */
export function GatesPage() {
  const query = useGates();
  useSubject('Gates');
  return (
    <LoadedPage title="Gates" query={query}>
      {(inForce) => <InForce key={inForce.digest} inForce={inForce} />}
    </LoadedPage>
  );
}

function InForce({ inForce }: { inForce: GatesInForce }) {
  const [draft, setDraft] = useState<string | null>(null);
  const { revision, digest, text, noted, versions } = inForce;
  const [newest] = versions;
  return (
    <Page
      title="Gates"
      lead={
        <>
          <span>Revision {revision} in force</span>
          <Digest of={digest} />
          {noted && newest?.actor !== null && newest !== undefined && (
            <span>
              by {newest.actor}, <TimeText at={newest.savedAt} />
            </span>
          )}
          {!noted && versions.length > 0 && (
            <Mark tone="unknown" shape="ring">
              Changed by hand: nobody noted who and why
            </Mark>
          )}
        </>
      }
      actions={
        draft === null && (
          <Button variant="default" onClick={() => setDraft(text)}>
            Change the gates
          </Button>
        )
      }
    >
      {draft === null ? (
        <Shipped inForce={inForce} onLook={setDraft} />
      ) : (
        <Editor inForce={inForce} draft={draft} onClose={() => setDraft(null)} />
      )}
      <Section title="What a release is held against" note="A sign-off names the revision it was judged by">
        <Rules text={text} />
      </Section>
      <Section title="Versions">
        <Versions versions={versions} />
      </Section>
    </Page>
  );
}
