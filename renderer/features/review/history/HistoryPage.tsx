import { Modal } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import type { HistoryRow } from '../../../../shared/contract/review/history.ts';
import { usePageKeys, type PageKey } from '../../../app/keys.ts';
import { ButtonLink } from '../../../components/ButtonLink.tsx';
import { Mark } from '../../../components/Mark.tsx';
import { Page } from '../../../components/Page.tsx';
import { columnsOf, DataTable } from '../../../components/table/DataTable.tsx';
import { TimeText } from '../../../components/TimeText.tsx';
import { usePolicyTitles } from '../policies/queries.ts';
import { ReviewTabs } from '../ReviewTabs.tsx';
import { DecisionFacts } from './DecisionFacts.tsx';
import { HistoryFilters } from './HistoryFilters.tsx';
import { useDecisions, useUncounted } from './queries.ts';
import { RulingMark } from './RulingMark.tsx';
import { SavedFilters } from './SavedFilters.tsx';
import { filterOf, searchOf, type HistorySearch } from './search.ts';

const KEYS: readonly PageKey[] = [
  { keys: ['/'], does: 'Search notes and captions' },
  { keys: ['↑', '↓'], does: 'Move through the decisions (also j and k)' },
  { keys: ['Enter'], does: 'Open the decision' },
];

const column = columnsOf<HistoryRow>();
const columnsWith = (titles: ReadonlyMap<string, string>) =>
  column.columns([
    column.display({
      id: 'at',
      header: 'At',
      meta: { width: '152px' },
      cell: ({ row }) => <TimeText at={row.original.at} />,
    }),
    column.display({
      id: 'person',
      header: 'Reviewer',
      meta: { width: '128px' },
      cell: ({ row }) => <span title={row.original.person}>{row.original.person}</span>,
    }),
    column.display({
      id: 'ruling',
      header: 'Decided',
      meta: { width: '216px' },
      cell: ({ row }) => <RulingMark ruling={row.original.ruling} />,
    }),
    column.display({
      id: 'policy',
      header: 'Policy',
      meta: { width: 'minmax(120px, 0.8fr)' },
      cell: ({ row: { original } }) => {
        const policy = original.ruling.kind === 'item' ? original.ruling.policy : null;
        return policy === null ? '–' : (titles.get(policy) ?? policy);
      },
    }),
    column.display({
      id: 'subject',
      header: 'Of',
      meta: { width: 'minmax(160px, 1.4fr)' },
      cell: ({ row: { original } }) => subjectText(original),
    }),
    column.display({
      id: 'note',
      header: 'Note',
      meta: { width: 'minmax(120px, 1.4fr)' },
      cell: ({ row }) => <span title={row.original.ruling.note}>{row.original.ruling.note || '–'}</span>,
    }),
    column.display({
      id: 'campaign',
      header: 'Campaign',
      meta: { width: 'minmax(112px, 0.8fr)' },
      cell: ({ row }) => <span title={row.original.campaignName}>{row.original.campaignName}</span>,
    }),
    column.display({
      id: 'state',
      header: 'Stands',
      meta: { width: '96px' },
      cell: ({ row }) =>
        row.original.reversedBy === null ? (
          'in force'
        ) : (
          <Mark tone="unknown" shape="dash">
            reversed
          </Mark>
        ),
    }),
  ]);

function subjectText({ ruling, feed, caption }: HistoryRow) {
  if (ruling.kind !== 'item') return `feed ${feed + 1}`;
  const words = caption === null || caption === '' ? `item ${ruling.itemId}` : caption;
  return <span title={`item ${ruling.itemId}, feed ${feed + 1}`}>{words}</span>;
}

const route = getRouteApi('/frame/review/history');
const noSort = () => {};

/** Every decision ever made, newest first: found by words, people, policies and what it is of. */
export function HistoryPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const rows = useDecisions(search);
  const uncounted = useUncounted(search);
  const titles = usePolicyTitles();
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
          <ButtonLink to="/review/bulk" search={search}>
            Change many…
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
