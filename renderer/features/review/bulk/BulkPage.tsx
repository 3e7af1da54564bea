import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { ButtonLink } from '../../../components/ButtonLink.tsx';
import { Loaded } from '../../../components/Loaded.tsx';
import { Page } from '../../../components/Page.tsx';
import { Section } from '../../../components/Section.tsx';
import { HistoryFilters } from '../history/HistoryFilters.tsx';
import { filterOf, type HistorySearch } from '../history/search.ts';
import { useLibraries, useReviewer } from '../queries.ts';
import { ReviewTabs } from '../ReviewTabs.tsx';
import { Unlock } from '../Unlock.tsx';
import { Batches } from './Batches.tsx';
import { BulkForm } from './BulkForm.tsx';

const route = getRouteApi('/frame/review/bulk');

/** One ruling for many of a person's own decisions: previewed, put in force as one batch, taken back as one. */
export function BulkPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const reviewer = useReviewer();
  const libraries = useLibraries();
  const narrow = useCallback(
    (change: Partial<HistorySearch>) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: true }),
    [navigate],
  );
  const [newest] = libraries.data ?? [];
  return (
    <Page
      title="Bulk changes"
      lead="Your own decisions on items, in force, that the filter finds"
      actions={
        <ButtonLink to="/review/history" search={search}>
          See them in History
        </ButtonLink>
      }
    >
      <ReviewTabs />
      {reviewer.data === null ? (
        <Section title="Who reviews here" note="nobody changes the decisions of another">
          <Unlock reviewer={null} />
        </Section>
      ) : (
        <>
          <HistoryFilters search={search} onChange={narrow} />
          <Loaded query={libraries}>
            {() =>
              newest === undefined ? null : (
                <BulkForm key={JSON.stringify(search)} filter={filterOf(search)} policies={newest.digest} />
              )
            }
          </Loaded>
        </>
      )}
      <Section title="Batches" note="each stands in the log as one entry">
        <Batches />
      </Section>
    </Page>
  );
}
