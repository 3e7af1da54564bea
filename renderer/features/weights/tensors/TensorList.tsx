import { Select } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { ReleaseRow } from '../../../../shared/contract/releases.ts';
import type { TensorTotals } from '../../../../shared/contract/tensors.ts';
import { ANOMALIES } from '../../../../shared/domain/weights/anomalies.ts';
import type { ListQuery } from '../../../../shared/domain/weights/tensor-list.ts';
import { bridge, value } from '../../../app/bridge.ts';
import { usePageKeys, type PageKey } from '../../../app/keys.ts';
import { plural } from '../../../components/number.ts';
import { SaveText } from '../../../components/SaveText.tsx';
import { SearchField } from '../../../components/SearchField.tsx';
import { DataTable } from '../../../components/table/DataTable.tsx';
import { Toolbar } from '../../../components/Toolbar.tsx';
import { capital } from '../../releases/rows.ts';
import { CopyButton } from '../CopyButton.tsx';
import { ColumnMenu } from './ColumnMenu.tsx';
import { COLUMN_NAMES, columns as every } from './columns.tsx';
import { useTensors } from './queries.ts';
import { useRemembered } from './remembered.ts';
import { AnomalyFilter, TensorsSearch } from './search.ts';

const KEYS: readonly PageKey[] = [
  { keys: ['/'], does: 'Search the tensors' },
  { keys: ['↑', '↓'], does: 'Move through the tensors (also j and k, Page Up and Down, Home and End)' },
  { keys: ['Enter'], does: 'Open the tensor' },
];

const ANOMALY_CHOICES = [
  { value: 'all', label: 'All tensors' },
  { value: 'any', label: 'Any anomaly' },
  ...ANOMALIES.map((kind) => ({ value: kind, label: capital(kind) })),
];

/** The table itself, with search, filters and exports. */
export function TensorList({
  release,
  totals,
  search,
  set,
}: {
  release: ReleaseRow;
  totals: TensorTotals;
  search: TensorsSearch;
  set: (part: Partial<TensorsSearch>) => void;
}) {
  usePageKeys(KEYS);
  const navigate = useNavigate();
  const remembered = useRemembered();
  const sort = search.sort ?? remembered.sort;
  const desc = search.desc ?? remembered.desc;
  const query: ListQuery = {
    sort,
    desc,
    q: search.q,
    dtype: search.dtype ?? null,
    file: search.file ?? null,
    anomaly: search.anomaly === 'all' ? null : search.anomaly,
  };
  const rows = useTensors(release.digest, query);
  const columns = useMemo(
    () => every.filter((_, at) => !remembered.hidden.includes(COLUMN_NAMES[at]?.id ?? '')),
    [remembered.hidden],
  );
  const onSearch = useCallback((q: string) => set({ q }), [set]);
  const csv = () => value(bridge.weights.tensorsCsv({ release: release.digest, ...query }));
  return (
    <>
      <Toolbar>
        <SearchField label="Search tensors" value={search.q} onChange={onSearch} />
        <Select
          size="xs"
          w={150}
          aria-label="Type"
          data={[
            { value: 'all', label: 'All types' },
            ...totals.dtypes.map(({ dtype, tensors }) => ({ value: dtype, label: `${dtype} (${tensors})` })),
          ]}
          value={search.dtype ?? 'all'}
          allowDeselect={false}
          onChange={(dtype) => set({ dtype: dtype === 'all' ? undefined : (dtype ?? undefined) })}
        />
        <Select
          size="xs"
          w={170}
          aria-label="Anomaly"
          data={ANOMALY_CHOICES}
          value={search.anomaly}
          allowDeselect={false}
          onChange={(kind) => set({ anomaly: AnomalyFilter.catch('all').parse(kind) })}
        />
        {totals.files.length > 1 && (
          <Select
            size="xs"
            w={220}
            aria-label="File"
            data={[
              { value: 'all', label: `All ${plural(totals.files.length, 'file')}` },
              ...totals.files.map(({ file }) => ({ value: file, label: file })),
            ]}
            value={search.file ?? 'all'}
            allowDeselect={false}
            onChange={(file) => set({ file: file === 'all' ? undefined : (file ?? undefined) })}
          />
        )}
        <ColumnMenu />
        <CopyButton what="Copy as CSV" text={async () => (await csv()).csv} />
        <SaveText
          label="Save as CSV…"
          make={async () => {
            const { fileName, csv: text } = await csv();
            return { fileName, text };
          }}
        />
      </Toolbar>
      <DataTable
        label="Tensors"
        noun="tensor"
        columns={columns}
        rows={rows}
        rowId={({ name }) => name}
        sort={{ id: sort, desc }}
        onSort={({ id, desc }) => {
          const next = TensorsSearch.pick({ sort: true, desc: true }).parse({ sort: id, desc });
          remembered.set({ sort: next.sort ?? sort, desc: next.desc ?? desc });
          set(next);
        }}
        onOpen={({ name }) =>
          void navigate({
            to: '/weights/tensor',
            search: { release: release.digest, against: search.against, tensor: name },
          })
        }
        empty="No tensor matches the search and the filters."
      />
    </>
  );
}
