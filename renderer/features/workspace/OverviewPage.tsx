import { ButtonLink } from '../../components/ButtonLink.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { LoadedPage } from '../../components/LoadedPage.tsx';
import { Page } from '../../components/Page.tsx';
import { Section } from '../../components/Section.tsx';
import { LogAlarms } from '../audit/LogAlarms.tsx';
import { ImportButton } from '../releases/ImportButton.tsx';
import { AwaitingTruth, ChangesTruth, ProductionTruth } from './Truths.tsx';
import css from './Overview.module.css';
import { Pipeline } from './Pipeline.tsx';
import { useOverview } from './queries.ts';

export function OverviewPage() {
  const query = useOverview();
  return (
    <LoadedPage title="Overview" query={query}>
      {(overview) => (
        <Page
          title={overview.workspace.name}
          lead={
            <>
              {overview.workspace.sample && <span>The bundled sample, to look around in and to try out</span>}
              <span className="truncate" title={overview.workspace.path}>
                {overview.workspace.path}
              </span>
            </>
          }
          actions={<ImportButton primary={overview.releases.length === 0} />}
        >
          <LogAlarms />
          {overview.releases.length === 0 ? (
            <EmptyState
              title="Nothing ranks feeds here yet"
              action={
                <>
                  <ImportButton />
                  <ButtonLink to="/replay">Add a snapshot</ButtonLink>
                  <ButtonLink to="/signoff/roster">Roster…</ButtonLink>
                </>
              }
            >
              First its people: a new workspace begins with the roster. Then import the release that is in
              production and the one that wants to follow it, add a snapshot of logged requests, then replay
              both on it and see what changes for people.
            </EmptyState>
          ) : (
            <>
              <div className={css['truths']}>
                <ProductionTruth overview={overview} />
                <AwaitingTruth overview={overview} />
                <ChangesTruth overview={overview} />
              </div>
              <Section title="Releases by state">
                <Pipeline releases={overview.releases} />
              </Section>
            </>
          )}
        </Page>
      )}
    </LoadedPage>
  );
}
