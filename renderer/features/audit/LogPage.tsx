import { Button, Modal } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import type { LogEntryRow } from '../../../shared/contract/audit.ts';
import { usePageKeys, type PageKey } from '../../app/keys.ts';
import { Digest } from '../../components/Digest.tsx';
import { formatCount, plural } from '../../components/number.ts';
import { Page } from '../../components/Page.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { columnsOf, DataTable } from '../../components/table/DataTable.tsx';
import { TimeText } from '../../components/TimeText.tsx';
import { Toolbar } from '../../components/Toolbar.tsx';
import { LogEntryFacts } from './LogEntryFacts.tsx';
import { LogVerification } from './LogVerification.tsx';
import { useCheckpoint, useLogEntries } from './queries.ts';
import { SubjectName } from './SubjectName.tsx';
import { actionWords } from './words.ts';

const KEYS: readonly PageKey[] = [
  { keys: ['/'], does: 'Search the log' },
  { keys: ['↑', '↓'], does: 'Move through the entries (also j and k)' },
  { keys: ['Enter'], does: 'Open the entry' },
];

const column = columnsOf<LogEntryRow>();
const columns = column.columns([
  column.display({
    id: 'seq',
    header: 'No.',
    meta: { width: '72px', right: true },
    cell: ({ row }) => formatCount(row.original.seq),
  }),
  column.display({
    id: 'at',
    header: 'At',
    meta: { width: '160px' },
    cell: ({ row }) => <TimeText at={row.original.at} />,
  }),
  column.display({
    id: 'actor',
    header: 'Who',
    meta: { width: 'minmax(120px, 1fr)' },
    cell: ({ row }) => <span title={row.original.actor}>{row.original.actor}</span>,
  }),
  column.display({
    id: 'action',
    header: 'Did',
    meta: { width: 'minmax(140px, 1fr)' },
    cell: ({ row }) => <strong title={row.original.action}>{actionWords(row.original.action)}</strong>,
  }),
  column.display({
    id: 'subject',
    header: 'To what',
    meta: { width: 'minmax(200px, 2fr)' },
    cell: ({ row }) => <SubjectName subject={row.original.subject} />,
  }),
  column.display({
    id: 'leaf',
    header: 'Leaf hash',
    meta: { width: '104px', hint: 'RFC 6962 hash of this entry in the tree' },
    cell: ({ row }) => <Digest of={row.original.leafHash} />,
  }),
]);

const route = getRouteApi('/frame/log');
const noSort = () => {};

export function LogPage() {
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  const rows = useLogEntries(q);
  const checkpoint = useCheckpoint();
  const [open, setOpen] = useState<LogEntryRow | null>(null);
  const [verifying, setVerifying] = useState(false);
  usePageKeys(KEYS);
  const onSearch = useCallback((q: string) => void navigate({ search: { q }, replace: true }), [navigate]);
  return (
    <Page
      title="Log"
      fill
      lead={
        checkpoint.data === undefined || checkpoint.data === null ? (
          <span>No checkpoint yet</span>
        ) : (
          <>
            <span>Checkpoint over {plural(checkpoint.data.size, 'entry', 'entries')}</span>
            <span>
              root <Digest of={hexOf(checkpoint.data.root)} />
            </span>
          </>
        )
      }
      actions={
        <Button variant="default" onClick={() => setVerifying(true)}>
          Verify the log
        </Button>
      }
    >
      <Toolbar>
        <SearchField label="Search who, what and to what" value={q} onChange={onSearch} />
      </Toolbar>
      <DataTable
        label="Log entries"
        noun="entry"
        nouns="entries"
        columns={columns}
        rows={rows}
        rowId={(entry) => String(entry.seq)}
        sort={null}
        onSort={noSort}
        onOpen={setOpen}
        empty={q === '' ? 'Nothing has been done in this workspace yet.' : 'No entry matches the search.'}
      />
      <Modal
        opened={open !== null}
        onClose={() => setOpen(null)}
        title={open === null ? '' : `Entry ${formatCount(open.seq)}`}
        size="lg"
      >
        {open !== null && <LogEntryFacts entry={open} />}
      </Modal>
      <Modal opened={verifying} onClose={() => setVerifying(false)} title="Verification of the log" size="lg">
        <LogVerification note={checkpoint.data?.note} />
      </Modal>
    </Page>
  );
}

/** A checkpoint writes its root in base64; digests are read in hex everywhere else. */
function hexOf(base64: string): string {
  return Array.from(atob(base64), (char) => char.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}
