import { useCallback } from 'react';
import type { TableRow } from '../../../../shared/contract/neighbours.ts';
import type { ReleaseRow } from '../../../../shared/contract/releases.ts';
import { usePageKeys, type PageKey } from '../../../app/keys.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { formatCount } from '../../../components/number.ts';
import { SearchField } from '../../../components/SearchField.tsx';
import { columnsOf, DataTable } from '../../../components/table/DataTable.tsx';
import { Toolbar } from '../../../components/Toolbar.tsx';
import css from './Embeddings.module.css';
import { Near } from './Near.tsx';
import { useTableRows } from './queries.ts';
import type { EmbeddingsSearch } from './search.ts';

const KEYS: readonly PageKey[] = [
  { keys: ['/'], does: 'Search the rows' },
  { keys: ['↑', '↓'], does: 'Move through the rows (also j and k)' },
  { keys: ['Enter'], does: 'Show what lies near the row' },
];

interface ListedRow {
  readonly row: number;
  readonly key: string | null;
}

const column = columnsOf<ListedRow>();
const number = column.display({
  id: 'row',
  header: 'Row',
  meta: { width: 'minmax(96px, 1fr)', right: true },
  cell: ({ row }) => formatCount(row.original.row),
});
const byNumber = column.columns([number]);
const byKey = column.columns([
  column.display({
    id: 'key',
    header: 'Key',
    meta: { width: 'minmax(120px, 2fr)' },
    cell: ({ row }) => <span title={row.original.key ?? ''}>{row.original.key}</span>,
  }),
  number,
]);

/** The rows of a table, by key where they have keys, and the neighbourhood of the one chosen. */
export function TableRows({
  table: { name, keyed },
  release,
  against,
  search: { q, row },
  set,
}: {
  table: TableRow;
  release: ReleaseRow;
  against: string | null;
  search: EmbeddingsSearch;
  set: (part: Partial<EmbeddingsSearch>) => void;
}) {
  usePageKeys(KEYS);
  const rows = useTableRows(release.digest, name, q);
  const onSearch = useCallback((q: string) => set({ q }), [set]);
  return (
    <div className={css['split']}>
      <div className={css['list']}>
        <Toolbar>
          <SearchField label={keyed ? 'Search keys' : 'Search row numbers'} value={q} onChange={onSearch} />
        </Toolbar>
        <DataTable<ListedRow>
          label="Rows"
          noun="row"
          columns={keyed ? byKey : byNumber}
          rows={rows}
          rowId={({ row }) => String(row)}
          sort={null}
          onSort={() => {}}
          onOpen={({ row }) => set({ row })}
          empty={keyed ? 'No row has such a key.' : 'No row has such a number.'}
        />
      </div>
      {row === undefined ? (
        <EmptyState title="No row chosen">
          Choose a row to see the ten rows nearest to it by cosine, and how many of them were near it before.
        </EmptyState>
      ) : (
        <Near release={{ ...release.manifest, digest: release.digest }} {...{ table: name, row, against }} />
      )}
    </div>
  );
}
