import { Button, Modal } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import type { LogEntryRow } from '../../../shared/contract/audit.ts';
import { usePageKeys, type PageKey } from '../../app/keys.ts';
import { Digest } from '../../components/Digest.tsx';
import { formatCount, plural } from '../../components/number.ts';
import { Page } from '../../components/Page.tsx';
import { columnsOf, DataTable } from '../../components/table/DataTable.tsx';
import { TimeText } from '../../components/TimeText.tsx';
import { hexOf } from './base64.ts';
import { LogAlarms } from './LogAlarms.tsx';
import { LogEntryFacts } from './LogEntryFacts.tsx';
import { LogFilters } from './LogFilters.tsx';
import { LogVerification } from './LogVerification.tsx';
import { useCheckpoint, useLogEntries } from './queries.ts';
import { SavePeriod } from './SavePeriod.tsx';
import type { LogSearch } from './search.ts';
import { SubjectName } from './SubjectName.tsx';
import { Witnesses } from './Witnesses.tsx';
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
    meta: { width: 'minmax(140px, 1.5fr)' },
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

/** The audit log: who did what to what, newest first, and everything that proves it. */
export function LogPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const rows = useLogEntries(search);
  const checkpoint = useCheckpoint();
  const [open, setOpen] = useState<LogEntryRow | null>(null);
  const [shown, setShown] = useState<'verification' | 'witnesses' | null>(null);
  usePageKeys(KEYS);
  const narrow = useCallback(
    (change: Partial<LogSearch>) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: true }),
    [navigate],
  );
  const narrowed = Object.values(search).some((part) => part !== '');
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
        <>
          <SavePeriod of={search} />
          <Button variant="default" onClick={() => setShown('witnesses')}>
            Checkpoints…
          </Button>
          <Button variant="default" onClick={() => setShown('verification')}>
            Verify the log
          </Button>
        </>
      }
    >
      <LogAlarms />
      <LogFilters search={search} onChange={narrow} />
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
        empty={narrowed ? 'No entry matches the search.' : 'Nothing has been done in this workspace yet.'}
      />
      <Modal
        opened={open !== null}
        onClose={() => setOpen(null)}
        title={open === null ? '' : `Entry ${formatCount(open.seq)}`}
        size="lg"
      >
        {open !== null && <LogEntryFacts entry={open} onRedacted={() => setOpen(null)} />}
      </Modal>
      <Modal
        opened={shown === 'verification'}
        onClose={() => setShown(null)}
        title="Verification of the log"
        size="lg"
      >
        <LogVerification note={checkpoint.data?.note} />
      </Modal>
      <Modal
        opened={shown === 'witnesses'}
        onClose={() => setShown(null)}
        title="Checkpoints kept elsewhere"
        size="lg"
      >
        <Witnesses checkpoint={checkpoint.data ?? null} />
      </Modal>
    </Page>
  );
}
