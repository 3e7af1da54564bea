import { Modal } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { EscalationSort } from '../../../../shared/contract/review/escalations.ts';
import { usePageKeys, type PageKey } from '../../../app/keys.ts';
import { plural } from '../../../components/number.ts';
import { Page } from '../../../components/Page.tsx';
import { DataTable } from '../../../components/table/DataTable.tsx';
import { ReviewTabs } from '../ReviewTabs.tsx';
import { columns } from './columns.tsx';
import { Escalation } from './Escalation.tsx';
import { EscalationsFilters } from './EscalationsFilters.tsx';
import { useEscalations, useOpenEscalations } from './queries.ts';
import { useRemembered } from './remembered.ts';
import type { EscalationsSearch } from './search.ts';

const KEYS: readonly PageKey[] = [
  { keys: ['/'], does: 'Search the escalations' },
  { keys: ['↑', '↓'], does: 'Move through the escalations (also j and k)' },
  { keys: ['Enter'], does: 'Open the escalation' },
];

const route = getRouteApi('/frame/review/escalations');

/** What reviewers left to others to decide: who sees to it, until when, and what was said. */
export function EscalationsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { sort, desc, set } = useRemembered();
  const rows = useEscalations(search, { sort, desc });
  const all = useOpenEscalations();
  const [open, setOpen] = useState<string | null>(null);
  usePageKeys(KEYS);
  const narrow = useCallback(
    (change: Partial<EscalationsSearch>) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: true }),
    [navigate],
  );
  const waiting = all.data?.open;
  return (
    <Page
      title="Escalations"
      fill
      lead={
        all.data === undefined
          ? undefined
          : all.data.total === 0
            ? 'What reviewers leave to others to decide'
            : `${plural(all.data.open, 'escalation')} not closed, of ${all.data.total}`
      }
    >
      <ReviewTabs />
      <EscalationsFilters search={search} onChange={narrow} />
      <DataTable
        label="Escalations"
        noun="escalation"
        columns={columns}
        rows={rows}
        rowId={({ decision }) => decision}
        sort={useMemo(() => (sort === 'urgency' ? null : { id: sort, desc }), [sort, desc])}
        onSort={({ id, desc }) => set({ sort: EscalationSort.parse(id), desc })}
        onOpen={({ decision }) => setOpen(decision)}
        empty={
          waiting === 0 && search.show === 'not closed'
            ? 'Nothing waits: no escalation is open.'
            : 'No escalation matches the filter.'
        }
      />
      <Modal opened={open !== null} onClose={() => setOpen(null)} title="Escalation" size="lg">
        {open !== null && <Escalation decision={open} />}
      </Modal>
    </Page>
  );
}
