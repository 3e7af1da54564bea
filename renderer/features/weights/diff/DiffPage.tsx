import { Select } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { ReleasePair } from '../../../../shared/contract/changes.ts';
import { TensorChange } from '../../../../shared/domain/release/changes.ts';
import { usePageKeys, type PageKey } from '../../../app/keys.ts';
import { LongName } from '../../../components/LongName.tsx';
import { SearchField } from '../../../components/SearchField.tsx';
import { columnsOf, DataTable } from '../../../components/table/DataTable.tsx';
import { Toolbar } from '../../../components/Toolbar.tsx';
import { capital } from '../../releases/rows.ts';
import { ComparedPage } from '../changes/ComparedPage.tsx';
import css from './Diff.module.css';
import { Difference } from './Difference.tsx';
import { KindMark } from './KindMark.tsx';
import { useDifferences } from './queries.ts';
import { DiffSearch } from './search.ts';
import { cosineText, figureText, formText, shareText } from './words.ts';

const KEYS: readonly PageKey[] = [
  { keys: ['/'], does: 'Search the tensors' },
  { keys: ['↑', '↓'], does: 'Move through the tensors (also j and k)' },
  { keys: ['Enter'], does: 'Open the tensor' },
];

const column = columnsOf<TensorChange>();
const columns = column.columns([
  column.accessor('name', {
    header: 'Tensor',
    meta: { width: 'minmax(180px, 2fr)' },
    cell: (cell) => <LongName name={cell.getValue()} />,
  }),
  column.display({
    id: 'kind',
    header: 'What',
    meta: { width: '104px' },
    cell: ({ row }) => <KindMark kind={row.original.kind} />,
  }),
  column.display({
    id: 'form',
    header: 'Type and shape',
    meta: { width: 'minmax(120px, 1fr)' },
    cell: ({ row }) => (
      <span className={css['form']} title={formText(row.original)}>
        {formText(row.original)}
      </span>
    ),
  }),
  column.accessor(({ change }) => change?.relative, {
    id: 'change',
    header: 'Relative change',
    meta: {
      width: '128px',
      right: true,
      hint: 'Length of the difference by the length before: ‖b − a‖ / ‖a‖',
    },
    cell: ({ row }) => figureText(row.original.change?.relative),
  }),
  column.display({
    id: 'cosine',
    header: 'Cosine',
    meta: { width: '80px', right: true, hint: 'Of the angle between the tensor before and after' },
    cell: ({ row }) => cosineText(row.original.change?.cosine),
  }),
  column.accessor(({ change }) => change?.largest?.change, {
    id: 'largest',
    header: 'Largest change',
    meta: { width: '120px', right: true, hint: 'Of one value' },
    cell: ({ row }) => figureText(row.original.change?.largest?.change),
  }),
  column.accessor(({ change }) => change?.changedShare, {
    id: 'share',
    header: 'Values changed',
    meta: { width: '120px', right: true },
    cell: ({ row }) => shareText(row.original.change?.changedShare),
  }),
]);

const KINDS = [
  { value: 'all', label: 'All tensors' },
  ...TensorChange.shape.kind.options.map((kind) => ({ value: kind, label: capital(kind) })),
];

const route = getRouteApi('/frame/weights/diff');

/** How every tensor of two releases differs, what changed most first; one opens with its histogram and rows. */
export function DiffPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  usePageKeys(KEYS);
  return (
    <ComparedPage
      title="Tensors that changed"
      heading={(name) => `Tensors of ${name} that changed`}
      fill
      search={search}
      empty="Here you read how every tensor of a release differs from its parent's."
      onChange={(pair) =>
        void navigate({ search: (last) => ({ ...last, ...pair, tensor: undefined }), replace: true })
      }
    >
      {(_, pair) => <Tensors pair={pair} />}
    </ComparedPage>
  );
}

function Tensors({ pair }: { pair: ReleasePair }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const rows = useDifferences(pair, search);
  const set = useCallback(
    (part: Partial<DiffSearch>) => void navigate({ search: (last) => ({ ...last, ...part }), replace: true }),
    [navigate],
  );
  const onSearch = useCallback((q: string) => set({ q }), [set]);
  const { tensor } = search;
  return (
    <div className={css['split']} data-alone={tensor === undefined ? '' : undefined}>
      <div className={css['list']}>
        <Toolbar>
          <SearchField label="Search tensors" value={search.q} onChange={onSearch} />
          <Select
            size="xs"
            w={160}
            aria-label="Kind of change"
            data={KINDS}
            value={search.kind ?? 'all'}
            allowDeselect={false}
            onChange={(kind) => set(DiffSearch.pick({ kind: true }).parse({ kind: kind ?? undefined }))}
          />
        </Toolbar>
        <DataTable
          label="Tensors"
          noun="tensor"
          columns={columns}
          rows={rows}
          rowId={({ name }) => name}
          sort={{ id: search.sort, desc: search.desc }}
          onSort={({ id, desc }) =>
            set(DiffSearch.pick({ sort: true, desc: true }).parse({ sort: id, desc }))
          }
          onOpen={({ name }) => set({ tensor: name })}
          empty="No tensor matches the search and the filter."
        />
      </div>
      {tensor !== undefined && (
        <Difference key={tensor} {...{ pair, tensor }} onClose={() => set({ tensor: undefined })} />
      )}
    </div>
  );
}
