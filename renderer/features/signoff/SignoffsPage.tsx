import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ReleaseRow } from '../../../shared/contract/releases.ts';
import { ButtonLink } from '../../components/ButtonLink.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { Page } from '../../components/Page.tsx';
import { Section } from '../../components/Section.tsx';
import { ImportButton } from '../releases/ImportButton.tsx';
import { ReleaseStateMark } from '../releases/ReleaseStateMark.tsx';
import { releaseName } from '../releases/rows.ts';
import { useOverview } from '../workspace/queries.ts';
import { PeopleTable } from './PeopleTable.tsx';
import { MissingSteps } from './MissingSteps.tsx';
import css from './Signoffs.module.css';

/** Releases of the US team: those that await a decision, then those decided; and who may sign. */
export function SignoffsPage() {
  const overview = useOverview();
  return (
    <Page
      title="Sign-off"
      lead="A release ranks US feeds only after the approvers of the roster have signed its evidence"
      actions={
        <>
          <ButtonLink to="/signoff/roster">Roster…</ButtonLink>
          <ButtonLink to="/signoff/keys">Keys…</ButtonLink>
          <ButtonLink to="/signoff/verify">Verify a record…</ButtonLink>
        </>
      }
    >
      <Loaded query={overview}>
        {({ awaiting, releases }) => {
          const waiting = new Set(awaiting.map(({ release }) => release.digest));
          const decided = releases.filter(
            ({ digest, manifest }) => manifest.team === 'us' && !waiting.has(digest),
          );
          return (
            <>
              <Section title="Awaiting a decision">
                {awaiting.length === 0 ? (
                  <EmptyState title="Nothing awaits a decision" action={<ImportButton primary={false} />}>
                    Releases of the US team come here when they are imported.
                  </EmptyState>
                ) : (
                  <ul className={css['list']}>
                    {awaiting.map(({ release, missing }) => (
                      <Item key={release.digest} release={release}>
                        {missing.length === 0 ? (
                          'Nothing is missing.'
                        ) : (
                          <MissingSteps release={release} steps={missing} className={css['missing']} />
                        )}
                      </Item>
                    ))}
                  </ul>
                )}
              </Section>
              {decided.length > 0 && (
                <Section title="Decided">
                  <ul className={css['list']}>
                    {decided.map((release) => (
                      <Item key={release.digest} release={release}>
                        <span className="quiet">Submitted by {release.manifest.submitted_by}</span>
                      </Item>
                    ))}
                  </ul>
                </Section>
              )}
            </>
          );
        }}
      </Loaded>
      <Section title="Who may sign" note="From the roster of this workspace">
        <PeopleTable />
      </Section>
    </Page>
  );
}

function Item({ release, children }: { release: ReleaseRow; children: ReactNode }) {
  const { digest } = release;
  return (
    <li className={css['item']}>
      <Link className={css['name']} to="/signoff/$digest" params={{ digest }}>
        {releaseName(release)}
      </Link>
      <ReleaseStateMark state={release.state} />
      <div>{children}</div>
      <ButtonLink
        to="/signoff/$digest"
        params={{ digest }}
        aria-label={`Read the sign-off of ${releaseName(release)}`}
      >
        Read
      </ButtonLink>
    </li>
  );
}
