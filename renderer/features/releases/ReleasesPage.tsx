import { Select } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { ReleaseRow } from '../../../shared/contract/releases.ts';
import { ReleaseState } from '../../../shared/domain/release/lifecycle.ts';
import { usePageKeys, type PageKey } from '../../app/keys.ts';
import { Digest } from '../../components/Digest.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { formatBytes } from '../../components/number.ts';
import { Page } from '../../components/Page.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { columnsOf, DataTable } from '../../components/table/DataTable.tsx';
import { wholeRows } from '../../components/table/pages.ts';
import { TimeText } from '../../components/TimeText.tsx';
import { Toolbar } from '../../components/Toolbar.tsx';
import { ImportButton } from './ImportButton.tsx';
import { useReleases } from './queries.ts';
import { ReleaseStateMark } from './ReleaseStateMark.tsx';
import { capital, releaseName, shownReleases } from './rows.ts';
import { ReleasesSearch } from './search.ts';

const KEYS: readonly PageKey[] = [
  { keys: ['/'], does: 'Search the releases' },
  { keys: ['↑', '↓'], does: 'Move through the list (also j and k)' },
  { keys: ['Enter'], does: 'Open the release' },
];

const column = columnsOf<ReleaseRow>();
const columns = column.columns([
  column.accessor(releaseName, {
    id: 'release',
    header: 'Release',
    meta: { width: 'minmax(200px, 2fr)' },
    cell: ({ row }) => <strong title={releaseName(row.original)}>{releaseName(row.original)}</strong>,
  }),
  column.accessor('state', {
    header: 'State',
    meta: { width: '144px' },
    cell: ({ row }) => <ReleaseStateMark state={row.original.state} />,
  }),
  column.accessor((release) => release.manifest.team, {
    id: 'team',
    header: 'Team',
    meta: { width: '80px' },
    cell: (cell) => (cell.getValue() === 'us' ? 'US' : 'Global'),
  }),
  column.accessor((release) => release.manifest.submitted_by, {
    id: 'submitted',
    header: 'Submitted by',
    meta: { width: 'minmax(120px, 1fr)' },
    cell: (cell) => <span title={cell.getValue()}>{cell.getValue()}</span>,
  }),
  column.accessor('importedAt', {
    id: 'imported',
    header: 'Imported',
    meta: { width: '160px' },
    cell: ({ row }) => <TimeText at={row.original.importedAt} />,
  }),
  column.accessor('bytes', {
    id: 'size',
    header: 'Size',
    meta: { width: '88px', right: true },
    cell: (cell) => formatBytes(cell.getValue()),
  }),
  column.display({
    id: 'digest',
    header: 'Digest',
    meta: { width: '104px' },
    cell: ({ row }) => <Digest of={row.original.digest} />,
  }),
]);

const route = getRouteApi('/frame/releases');
const STATES = [
  { value: 'all', label: 'All states' },
  ...ReleaseState.options.map((state) => ({ value: state, label: capital(state) })),
];

export function ReleasesPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useReleases();
  usePageKeys(KEYS);
  const narrow = useCallback(
    (part: Partial<ReleasesSearch>) =>
      void navigate({ search: (last) => ({ ...last, ...part }), replace: true }),
    [navigate],
  );
  const onSearch = useCallback((q: string) => narrow({ q }), [narrow]);
  const rows = useMemo(() => wholeRows(shownReleases(query.data ?? [], search)), [query.data, search]);
  return (
    <Page title="Releases" fill actions={<ImportButton />}>
      <Loaded query={query}>
        {(releases) =>
          releases.length === 0 ? (
            <EmptyState title="No releases yet" action={<ImportButton />}>
              A release is a model with its ranking policy and its papers, in one folder or .zip. Import one
              here, or drop it anywhere on this window.
            </EmptyState>
          ) : (
            <>
              <Toolbar>
                <SearchField label="Search name, person or digest" value={search.q} onChange={onSearch} />
                <Select
                  size="xs"
                  w={160}
                  aria-label="State"
                  data={STATES}
                  value={search.state}
                  onChange={(state) => narrow({ state: state ?? 'all' })}
                />
              </Toolbar>
              <DataTable
                label="Releases"
                noun="release"
                columns={columns}
                rows={rows}
                rowId={(release) => release.digest}
                sort={{ id: search.sort, desc: search.desc }}
                onSort={({ id, desc }) =>
                  narrow(ReleasesSearch.pick({ sort: true, desc: true }).parse({ sort: id, desc }))
                }
                onOpen={({ digest }) => void navigate({ to: '/releases/$digest', params: { digest } })}
                empty="No release matches the search and the filter."
              />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}
