import { Modal, Select } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { EscalationRow } from '../../../../shared/contract/review/escalations.ts';
import { usePageKeys, type PageKey } from '../../../app/keys.ts';
import { Loaded } from '../../../components/Loaded.tsx';
import { plural } from '../../../components/number.ts';
import { Page } from '../../../components/Page.tsx';
import { columnsOf, DataTable } from '../../../components/table/DataTable.tsx';
import { wholeRows } from '../../../components/table/pages.ts';
import { TimeText } from '../../../components/TimeText.tsx';
import { Toolbar } from '../../../components/Toolbar.tsx';
import { useCampaigns, useEscalations, useReviewers } from '../queries.ts';
import { ReviewTabs } from '../ReviewTabs.tsx';
import { Due } from './Due.tsx';
import { Escalation } from './Escalation.tsx';
import { EscalationsSearch } from './search.ts';
import { StateMark } from './StateMark.tsx';

const KEYS: readonly PageKey[] = [
  { keys: ['↑', '↓'], does: 'Move through the escalations (also j and k)' },
  { keys: ['Enter'], does: 'Open the escalation' },
];

const column = columnsOf<EscalationRow>();
const columns = column.columns([
  column.display({
    id: 'state',
    header: 'State',
    meta: { width: '112px' },
    cell: ({ row }) => <StateMark state={row.original.state} />,
  }),
  column.display({
    id: 'owner',
    header: 'Owner',
    meta: { width: '136px' },
    cell: ({ row }) => row.original.owner ?? <span className="quiet">nobody</span>,
  }),
  column.display({
    id: 'due',
    header: 'Due',
    meta: { width: '136px' },
    cell: ({ row }) => <Due of={row.original} />,
  }),
  column.display({
    id: 'item',
    header: 'Item',
    meta: { width: 'minmax(104px, 0.6fr)' },
    cell: ({ row }) => <span className="mono">{row.original.itemId}</span>,
  }),
  column.display({
    id: 'feed',
    header: 'Feed',
    meta: { width: '64px', right: true },
    cell: ({ row }) => row.original.feed + 1,
  }),
  column.display({
    id: 'note',
    header: 'Why',
    meta: { width: 'minmax(160px, 2fr)' },
    cell: ({ row }) => <span title={row.original.note}>{row.original.note || '–'}</span>,
  }),
  column.display({
    id: 'raised',
    header: 'Raised by',
    meta: { width: '128px' },
    cell: ({ row }) => row.original.raisedBy,
  }),
  column.display({
    id: 'comments',
    header: 'Comments',
    meta: { width: '88px', right: true },
    cell: ({ row }) => commentsOf(row.original),
  }),
  column.display({
    id: 'changed',
    header: 'Changed',
    meta: { width: '152px' },
    cell: ({ row }) => <TimeText at={row.original.changedAt} />,
  }),
]);

/** The first step's comment is the decision's own note, which has its column. */
const commentsOf = ({ steps }: EscalationRow): number =>
  steps.slice(1).filter(({ comment }) => comment !== '').length;

const route = getRouteApi('/frame/review/escalations');
const noSort = () => {};

/** What reviewers left to others to decide: who sees to it, until when, and what was said. */
export function EscalationsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useEscalations();
  const { data: campaigns = [] } = useCampaigns();
  const { data: reviewers = [] } = useReviewers();
  const [openId, setOpen] = useState<string | null>(null);
  usePageKeys(KEYS);
  const narrow = (change: Partial<EscalationsSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const { data } = query;
  const rows = useMemo(
    () =>
      wholeRows(
        (data ?? []).filter(
          ({ campaign, owner, state }) =>
            (search.campaign === undefined || campaign === search.campaign) &&
            (search.owner === undefined || owner === search.owner) &&
            (search.show === 'all' || state !== 'closed'),
        ),
      ),
    [data, search.campaign, search.owner, search.show],
  );
  const open = data?.find(({ decision }) => decision === openId);
  const waiting = data?.filter(({ state }) => state !== 'closed').length ?? 0;
  return (
    <Page
      title="Escalations"
      fill
      lead={data === undefined ? undefined : `${plural(waiting, 'escalation')} not closed, of ${data.length}`}
    >
      <ReviewTabs />
      <Toolbar>
        <Select
          size="xs"
          w={176}
          aria-label="Which escalations"
          data={[
            { value: 'not closed', label: 'Not closed' },
            { value: 'all', label: 'All, those not closed first' },
          ]}
          value={search.show}
          onChange={(show) => narrow(EscalationsSearch.pick({ show: true }).parse({ show }))}
        />
        <Select
          size="xs"
          w={200}
          aria-label="Campaign"
          placeholder="All campaigns"
          clearable
          clearButtonProps={{ 'aria-label': 'All campaigns' }}
          data={campaigns.map(({ id, name }) => ({ value: id, label: name }))}
          value={search.campaign ?? null}
          onChange={(campaign) => narrow({ campaign: campaign ?? undefined })}
        />
        <Select
          size="xs"
          w={176}
          aria-label="Owner"
          placeholder="Every owner"
          clearable
          clearButtonProps={{ 'aria-label': 'Every owner' }}
          data={reviewers.map(({ person, name }) => ({ value: person, label: name }))}
          value={search.owner ?? null}
          onChange={(owner) => narrow({ owner: owner ?? undefined })}
        />
      </Toolbar>
      <Loaded query={query}>
        {() => (
          <DataTable
            label="Escalations"
            noun="escalation"
            columns={columns}
            rows={rows}
            rowId={({ decision }) => decision}
            sort={null}
            onSort={noSort}
            onOpen={({ decision }) => setOpen(decision)}
            empty={
              waiting === 0 && search.show === 'not closed'
                ? 'Nothing waits: no escalation is open.'
                : 'No escalation matches the filter.'
            }
          />
        )}
      </Loaded>
      <Modal opened={open !== undefined} onClose={() => setOpen(null)} title="Escalation" size="lg">
        {open !== undefined && <Escalation key={open.changedAt} of={open} />}
      </Modal>
    </Page>
  );
}
