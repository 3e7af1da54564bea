import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { ButtonLink } from '../../../components/ButtonLink.tsx';
import { Loaded } from '../../../components/Loaded.tsx';
import { Mark } from '../../../components/Mark.tsx';
import { plural } from '../../../components/number.ts';
import { Page } from '../../../components/Page.tsx';
import { Section } from '../../../components/Section.tsx';
import { HistoryFilters } from '../history/HistoryFilters.tsx';
import { filterOf, type HistorySearch } from '../history/search.ts';
import { useLibraries, useReviewer } from '../queries.ts';
import { ReviewTabs } from '../ReviewTabs.tsx';
import { Unlock } from '../Unlock.tsx';
import { Batches } from './Batches.tsx';
import css from './Bulk.module.css';
import { BulkForm } from './BulkForm.tsx';
import { useChosen } from './choice.ts';

const route = getRouteApi('/frame/review/bulk');

/** One ruling for many of a person's own decisions: previewed, put in force as one batch, taken back as one. */
export function BulkPage() {
  const { chosen = false, ...search } = route.useSearch();
  const navigate = route.useNavigate();
  const reviewer = useReviewer();
  const libraries = useLibraries();
  const narrow = useCallback(
    (change: Partial<HistorySearch>) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: true }),
    [navigate],
  );
  const filter = filterOf(search);
  const { ids, choose } = useChosen(filter);
  const one = chosen && ids.length > 0;
  const [newest] = libraries.data ?? [];
  return (
    <Page
      title="Bulk changes"
      lead={
        one
          ? `${plural(ids.length, 'decision')} that you chose in the history`
          : 'Your own decisions on items, in force, that the filter finds'
      }
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
          {one ? (
            <p className={css['line']}>
              <Mark tone="plain" shape="tick">
                {plural(ids.length, 'decision')} chosen
              </Mark>
              <Button variant="default" onClick={() => void navigate({ search })}>
                Take all that the filter finds instead
              </Button>
            </p>
          ) : (
            <HistoryFilters search={search} onChange={narrow} />
          )}
          <Loaded query={libraries}>
            {() =>
              newest === undefined ? null : (
                <BulkForm
                  key={JSON.stringify([search, chosen])}
                  filter={filter}
                  chosen={one ? ids : null}
                  onDone={() => choose([])}
                  policies={newest.digest}
                />
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
