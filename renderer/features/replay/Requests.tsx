import { Select } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { RequestRow } from '../../../shared/contract/replay.ts';
import { formatCount, formatNumber, formatSigned } from '../../components/number.ts';
import { SearchField } from '../../components/SearchField.tsx';
import { columnsOf, DataTable, type Sort } from '../../components/table/DataTable.tsx';
import { TimeText } from '../../components/TimeText.tsx';
import { Toolbar } from '../../components/Toolbar.tsx';
import { MoveBar } from './MoveBar.tsx';
import { useRequests } from './queries.ts';
import { RequestsSearch } from './search.ts';

const column = columnsOf<RequestRow>();
const columns = column.columns([
  column.accessor('requestId', {
    header: 'Request',
    meta: { width: 'minmax(136px, 1.2fr)' },
    cell: (cell) => (
      <span className="mono" title={cell.getValue()}>
        {cell.getValue()}
      </span>
    ),
  }),
  column.display({
    id: 'user',
    header: 'User',
    meta: { width: 'minmax(88px, 0.8fr)' },
    cell: ({ row }) => (
      <span className="mono" title={row.original.userId}>
        {row.original.userId}
      </span>
    ),
  }),
  column.display({
    id: 'at',
    header: 'Asked at',
    meta: { width: '152px' },
    cell: ({ row }) => <TimeText at={row.original.requestedAt} />,
  }),
  column.accessor('candidates', {
    header: 'Candidates',
    meta: { width: '96px', right: true },
    cell: (cell) => formatCount(cell.getValue()),
  }),
  column.accessor('rbo', {
    header: 'Moved',
    meta: {
      width: '152px',
      right: true,
      hint: '1 − rank-biased overlap (p 0.9): 0 is the same feed, 1 is nothing in common',
    },
    cell: (cell) => <MoveBar moved={1 - cell.getValue()} text={formatNumber(1 - cell.getValue(), 3)} />,
  }),
  column.accessor('overlap', {
    header: 'In both',
    meta: { width: '88px', right: true, hint: 'Share of the feed that both rankers show' },
    cell: (cell) => `${formatNumber(100 * cell.getValue(), 0)} %`,
  }),
  column.accessor('largestMove', {
    header: 'Largest move',
    meta: { width: '112px', right: true, hint: 'Places, of an item that both feeds hold' },
    cell: (cell) => formatCount(cell.getValue()),
  }),
  column.display({
    id: 'first',
    header: 'First item',
    meta: { width: '96px' },
    cell: ({ row }) => (row.original.firstChanged ? 'changed' : <span className="quiet">same</span>),
  }),
  column.accessor('ndcg', {
    id: 'ndcgDifference',
    header: 'nDCG',
    meta: {
      width: '88px',
      right: true,
      hint: 'Candidate minus baseline; – where nothing relevant was observed',
    },
    cell: ({ row }) => {
      const { ndcg } = row.original;
      return ndcg === null ? '–' : formatSigned(ndcg.candidate - ndcg.baseline, 3);
    },
  }),
  column.accessor('labelled', {
    id: 'labelledDifference',
    header: 'Labelled',
    meta: { width: '96px', right: true, hint: 'Labelled items in the feed: baseline → candidate' },
    cell: ({ row }) => `${row.original.labelled.baseline} → ${row.original.labelled.candidate}`,
  }),
]);

const ONLY = [
  { value: 'all', label: 'All requests' },
  { value: 'changed', label: 'Changed feeds' },
  { value: 'first changed', label: 'First item changed' },
  { value: 'labelled', label: 'With labelled items' },
];

/** The column shows 1 − rank-biased overlap, so its order is the other way round. */
const turned = ({ id, desc }: Sort): Sort => ({ id, desc: id === 'rbo' ? !desc : desc });

const route = getRouteApi('/frame/replay/$id');

/** The requests of a replay, as many as there are. */
export function Requests({ replayId }: { replayId: string }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const rows = useRequests(replayId, search);
  const narrow = useCallback(
    (part: Partial<RequestsSearch>) =>
      void navigate({ search: (last) => ({ ...last, ...part }), replace: true }),
    [navigate],
  );
  const onSearch = useCallback((q: string) => narrow({ q }), [narrow]);
  const { sort, desc } = search;
  return (
    <>
      <Toolbar>
        <SearchField label="Search request or user" value={search.q} onChange={onSearch} />
        <Select
          size="xs"
          w={176}
          aria-label="Which requests"
          data={ONLY}
          value={search.only}
          onChange={(only) => narrow(RequestsSearch.pick({ only: true }).parse({ only }))}
        />
      </Toolbar>
      <DataTable
        label="Requests"
        noun="request"
        columns={columns}
        rows={rows}
        rowId={(request) => request.requestId}
        sort={useMemo(() => turned({ id: sort, desc }), [sort, desc])}
        onSort={(shown) => {
          const { id, desc } = turned(shown);
          narrow(RequestsSearch.pick({ sort: true, desc: true }).parse({ sort: id, desc }));
        }}
        onOpen={({ requestId }, at) =>
          void navigate({
            to: '/replay/$id/request/$requestId',
            params: { id: replayId, requestId },
            search: { ...search, at },
          })
        }
        empty="No request matches the search and the filter."
      />
    </>
  );
}
