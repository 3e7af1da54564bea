import { Modal } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import type { HistoryRow } from '../../../../shared/contract/review/history.ts';
import { usePageKeys, type PageKey } from '../../../app/keys.ts';
import { ButtonLink } from '../../../components/ButtonLink.tsx';
import { formatCount } from '../../../components/number.ts';
import { Page } from '../../../components/Page.tsx';
import { DataTable } from '../../../components/table/DataTable.tsx';
import { useDecisionChoice } from '../bulk/choice.ts';
import { usePolicyTitles } from '../policies/queries.ts';
import { ReviewTabs } from '../ReviewTabs.tsx';
import { columnsWith } from './columns.tsx';
import { DecisionFacts } from './DecisionFacts.tsx';
import { HistoryFilters } from './HistoryFilters.tsx';
import { useDecisions, useUncounted } from './queries.ts';
import { SavedFilters } from './SavedFilters.tsx';
import { filterOf, searchOf, type HistorySearch } from './search.ts';

const KEYS: readonly PageKey[] = [
  { keys: ['/'], does: 'Search notes and captions' },
  { keys: ['↑', '↓'], does: 'Move through the decisions (also j and k)' },
  { keys: ['Enter'], does: 'Open the decision' },
  { keys: ['Space'], does: 'Choose a decision of yours, or leave it out again' },
  { keys: ['Shift', '↑ ↓'], does: 'Choose a range (also with Page Up and Down, Home and End)' },
  { keys: ['Ctrl', 'A'], does: 'Choose all that are listed' },
  { keys: ['Esc'], does: 'Choose none' },
];

const route = getRouteApi('/frame/review/history');
const noSort = () => {};

/** Every decision ever made, newest first: found by words, people, policies and what it is of. */
export function HistoryPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const rows = useDecisions(search);
  const uncounted = useUncounted(search);
  const titles = usePolicyTitles();
  const choice = useDecisionChoice(filterOf(search));
  const chosen = choice?.chosen.size ?? 0;
  const [open, setOpen] = useState<HistoryRow | null>(null);
  usePageKeys(KEYS);
  const narrow = useCallback(
    (change: Partial<HistorySearch>) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: true }),
    [navigate],
  );
  const narrowed = Object.values(search).some((part) => part !== undefined);
  return (
    <Page
      title="Review history"
      fill
      lead={
        uncounted
          ? 'More than 10,000 decisions; the newest 10,000 are listed'
          : 'Every decision, newest first; none is ever changed'
      }
      actions={
        <>
          <ButtonLink
            to="/review/bulk"
            search={{ ...search, ...(chosen > 0 && { chosen: true }) }}
            variant={chosen > 0 ? 'filled' : 'default'}
          >
            {chosen > 0 ? `Change ${formatCount(chosen)} chosen…` : 'Change many…'}
          </ButtonLink>
          <SavedFilters
            current={filterOf(search)}
            onOpen={(filter) => void navigate({ search: searchOf(filter) })}
          />
        </>
      }
    >
      <ReviewTabs />
      <HistoryFilters search={search} onChange={narrow} />
      <DataTable
        label="Decisions"
        noun="decision"
        columns={useMemo(() => columnsWith(titles), [titles])}
        rows={rows}
        rowId={({ id }) => id}
        sort={null}
        onSort={noSort}
        onOpen={setOpen}
        {...(choice === undefined ? {} : { choice })}
        empty={
          narrowed ? 'No decision matches the search.' : 'Nothing has been decided in this workspace yet.'
        }
      />
      <Modal opened={open !== null} onClose={() => setOpen(null)} title="Decision" size="lg">
        {open !== null && <DecisionFacts row={open} onDone={() => setOpen(null)} />}
      </Modal>
    </Page>
  );
}
