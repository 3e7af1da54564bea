import { Button } from '@mantine/core';
import { useState } from 'react';
import type { RosterDetail } from '../../../shared/contract/roster.ts';
import { bridge, toStatesideError, value } from '../../app/bridge.ts';
import { useSubject } from '../../app/place.ts';
import { ButtonLink } from '../../components/ButtonLink.tsx';
import { Digest } from '../../components/Digest.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Page } from '../../components/Page.tsx';
import { Section } from '../../components/Section.tsx';
import { Skeletons } from '../../components/Skeletons.tsx';
import { TimeText } from '../../components/TimeText.tsx';
import { useOverview } from '../workspace/queries.ts';
import { ChangeDialog, type Asked } from './ChangeDialog.tsx';
import { Founding } from './Founding.tsx';
import { NextVersion } from './NextVersion.tsx';
import { People } from './People.tsx';
import { useImportRoster, useRoster } from './queries.ts';
import { Reach } from './Reach.tsx';
import { RosterForks } from './RosterForks.tsx';
import { Versions } from './Versions.tsx';

/** Who may sign: the roster, how it came to be, and how it goes on. */
export function RosterPage() {
  useSubject('Roster');
  const roster = useRoster();
  const take = useImportRoster();
  const overview = useOverview();
  const missing = roster.error !== null && toStatesideError(roster.error).code === 'not_found';
  const choose = async () => {
    const file = await value(bridge.shell.chooseText({ what: 'roster' }));
    if (file !== null) take.mutate(file.text);
  };
  const button = missing ? null : (
    <Button variant="default" loading={take.isPending} onClick={() => void choose()}>
      Import a roster…
    </Button>
  );
  return (
    <Page
      title={missing ? 'Found the roster' : 'Roster'}
      lead={
        roster.data && (
          <>
            <span>
              Version {roster.data.version} <Digest of={roster.data.digest} />, issued{' '}
              <TimeText at={roster.data.issuedAt} />
            </span>
            <span>
              First version <Digest of={roster.data.pin} />, trusted since this workspace was founded
            </span>
          </>
        )
      }
      actions={
        <>
          <ButtonLink to="/signoff/keys">Keys…</ButtonLink>
          {button}
        </>
      }
    >
      {take.error !== null && <ErrorState error={take.error} />}
      {roster.data !== undefined ? (
        <Whole roster={roster.data} />
      ) : missing ? (
        <Founding workspace={overview.data?.workspace.path ?? ''} />
      ) : roster.error === null ? (
        <Skeletons />
      ) : (
        <ErrorState error={toStatesideError(roster.error)} />
      )}
    </Page>
  );
}

function Whole({ roster }: { roster: RosterDetail }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  return (
    <>
      <RosterForks forks={roster.forks} />
      <Section title="Who could sign right now">
        <Reach roster={roster} />
      </Section>
      <Section title="People" note="An organisation other than US never counts, whatever the role">
        <People roster={roster} onAsk={setAsked} />
      </Section>
      <Section title="Next version" note="Signed by enough roots of this version, and of its own">
        <NextVersion roster={roster} onAsk={setAsked} />
      </Section>
      <Section title="Versions" note="Each names the digest of the one before">
        <Versions roster={roster} />
      </Section>
      <ChangeDialog roster={roster} asked={asked} onClose={() => setAsked(null)} />
    </>
  );
}
