import { Select } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { TableRow } from '../../../../shared/contract/neighbours.ts';
import { useSubject } from '../../../app/place.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { Loaded } from '../../../components/Loaded.tsx';
import { formatCount } from '../../../components/number.ts';
import { Page } from '../../../components/Page.tsx';
import { releaseName } from '../../releases/rows.ts';
import { PairChoice } from '../changes/PairChoice.tsx';
import { PairPage, type PairProps } from '../changes/PairPage.tsx';
import { WeightsTabs } from '../WeightsTabs.tsx';
import { useTables } from './queries.ts';
import { TableRows } from './TableRows.tsx';

const route = getRouteApi('/frame/weights/embeddings');

/** The tables of a release: find a row, see what lies near it, and how that changed. */
export function EmbeddingsPage() {
  const search = route.useSearch();
  return (
    <PairPage
      title="Embeddings"
      search={search}
      empty="Here you find a row of an embedding table and see what lies near it, now and before."
    >
      {(pair) => <Embeddings {...pair} />}
    </PairPage>
  );
}

function Embeddings({ releases, release, against }: PairProps) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const set = useCallback(
    (part: Partial<typeof search>) =>
      void navigate({ search: (last) => ({ ...last, ...part }), replace: true }),
    [navigate],
  );
  const tables = useTables(release.digest);
  const table = chosenTable(tables.data ?? [], search.table);
  useSubject(releaseName(release), release.digest);
  return (
    <Page title={`Embeddings of ${releaseName(release)}`} fill>
      <WeightsTabs release={release.digest} against={against?.digest ?? null} />
      <PairChoice {...{ releases, release, against }} onChange={(pair) => set({ ...pair, row: undefined })}>
        <Select
          label="Table"
          w={420}
          searchable
          data={(tables.data ?? []).map(({ name, rows, columns, keyed }) => ({
            value: name,
            label: `${name} (${formatCount(rows)} × ${formatCount(columns)}${keyed ? ', with keys' : ''})`,
          }))}
          value={table?.name ?? null}
          allowDeselect={false}
          onChange={(table) => set({ table: table ?? undefined, row: undefined, q: '' })}
        />
      </PairChoice>
      <Loaded query={tables}>
        {() =>
          table === null ? (
            <EmptyState title="No table">
              This release has no tensor of two axes. Embedding tables come as weights/*.safetensors; a tensor
              named as the table with “.keys” behind gives its rows their keys.
            </EmptyState>
          ) : (
            <TableRows
              key={table.name}
              {...{ table, release, search, set }}
              against={against?.digest ?? null}
            />
          )
        }
      </Loaded>
    </Page>
  );
}

/** The table asked for; else the first with keys, or the first. */
const chosenTable = (tables: readonly TableRow[], wanted: string | undefined): TableRow | null =>
  tables.find(({ name }) => name === wanted) ?? tables.find(({ keyed }) => keyed) ?? tables[0] ?? null;
