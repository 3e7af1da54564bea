import { Button, Select } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { ReleaseRow } from '../../../shared/contract/releases.ts';
import type { SnapshotRow } from '../../../shared/contract/snapshots.ts';
import type { FormulaDetail, ReferenceRow } from '../../../shared/contract/weights.ts';
import { csv } from '../../../shared/domain/csv.ts';
import { formulaRows, markdown } from '../../../shared/domain/formula/table-text.ts';
import { parentOf } from '../../../shared/domain/release/parent.ts';
import { usePageKeys, type PageKey } from '../../app/keys.ts';
import { useSubject } from '../../app/place.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Figure } from '../../components/export/Figure.tsx';
import { ExportSource } from '../../components/export/source.ts';
import { Loaded } from '../../components/Loaded.tsx';
import { LoadedPage } from '../../components/LoadedPage.tsx';
import { formatCount, plural } from '../../components/number.ts';
import { Page } from '../../components/Page.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { useReleases } from '../releases/queries.ts';
import { isUndecided, releaseName } from '../releases/rows.ts';
import { ImportButton } from '../releases/ImportButton.tsx';
import { useSnapshots } from '../replay/queries.ts';
import { Changes } from './Changes.tsx';
import { CopyButton } from './CopyButton.tsx';
import { Findings } from './Findings.tsx';
import { FormulaTable } from './FormulaTable.tsx';
import { Published } from './Published.tsx';
import { useFormula, useReferences, useWorth } from './queries.ts';
import { headRows, shownRows } from './rows.ts';
import { Rules } from './Rules.tsx';
import type { WeightsSearch } from './search.ts';
import { Sensitivity } from './Sensitivity.tsx';
import css from './Weights.module.css';
import { WeightsTabs } from './WeightsTabs.tsx';
import { WhatIf } from './what-if/WhatIf.tsx';

const route = getRouteApi('/frame/weights');

const KEYS: readonly PageKey[] = [{ keys: ['/'], does: 'Search the heads' }];

export function WeightsPage() {
  const releases = useReleases();
  usePageKeys(KEYS);
  return (
    <LoadedPage title="Weights" query={releases}>
      {(releases) => {
        const [first] = releases;
        return first === undefined ? (
          <Page title="Weights">
            <EmptyState title="No release yet" action={<ImportButton />}>
              Here you read what the weights of a release are, what each is worth and what changed since its
              parent.
            </EmptyState>
          </Page>
        ) : (
          <Chosen releases={releases} first={first} />
        );
      }}
    </LoadedPage>
  );
}

/** The release, what it stands beside and the snapshot, as the address says or as the work suggests. */
function Chosen({ releases, first }: { releases: readonly ReleaseRow[]; first: ReleaseRow }) {
  const search = route.useSearch();
  const { data: snapshots = [] } = useSnapshots();
  const { data: references = [] } = useReferences();
  const release =
    releases.find(({ digest }) => digest === search.release) ?? releases.find(isUndecided) ?? first;
  const parent = parentOf(release.manifest, releases);
  const against = search.against === 'none' ? null : (search.against ?? parent?.digest ?? null);
  const snapshot =
    snapshots.find(({ digest, available }) => available && digest === search.snapshot) ??
    snapshots.find(({ available }) => available);
  const detail = useFormula(release.digest, against);
  useSubject(releaseName(release), release.digest);
  return (
    <LoadedPage title="Weights" query={detail}>
      {(detail) => (
        <Weights
          {...{ detail, release, releases, references, against, snapshots }}
          snapshot={snapshot?.digest ?? null}
        />
      )}
    </LoadedPage>
  );
}

function Weights({
  detail,
  release,
  releases,
  references,
  against,
  snapshots,
  snapshot,
}: {
  detail: FormulaDetail;
  release: ReleaseRow;
  releases: readonly ReleaseRow[];
  references: readonly ReferenceRow[];
  against: string | null;
  snapshots: readonly SnapshotRow[];
  snapshot: string | null;
}) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const measured = { release: release.digest, snapshot };
  const worth = useWorth(measured);
  const set = useCallback(
    (part: Partial<WeightsSearch>) =>
      void navigate({ search: (before) => ({ ...before, ...part }), replace: true }),
    [navigate],
  );
  const setQ = useCallback((q: string) => set({ q }), [set]);
  const table = () =>
    formulaRows(detail.formula, {
      since: detail.since,
      worth: worth.data ?? null,
      other: detail.comparison?.formula ?? null,
    });
  const reference = references.find(({ id }) => id === against);
  const rows = headRows(detail, worth.data);
  const shown = shownRows(rows, search);
  const [columns = [], ...cells] = table();
  const chosen = detail.formula.heads.find(({ name }) => name === search.head);
  const source = {
    name: `weights ${release.manifest.version}`,
    line: `Weights of ${detail.title}, release ${release.digest.slice(0, 8)}${
      worth.data === undefined ? '' : `, measured on ${plural(worth.data.requests, 'request')}`
    }`,
  };
  const whatIf = search.mode === 'what-if' && snapshot !== null;
  const names = (rows: readonly ReleaseRow[]) =>
    rows.map((row) => ({ value: row.digest, label: `${releaseName(row)} (${row.state})` }));
  return (
    <Page
      title={`Weights of ${detail.title}`}
      lead={
        snapshot !== null && (
          <span>
            {worth.data === undefined
              ? worth.error === null && 'Measuring what each weight is worth…'
              : `Measured on ${plural(worth.data.requests, 'request')}, ${formatCount(worth.data.candidates)} items`}
          </span>
        )
      }
      actions={
        <>
          <CopyButton what="Copy as CSV" text={() => csv(table())} />
          <CopyButton what="Copy as Markdown" text={() => markdown(table())} />
          {!whatIf && (
            <Button disabled={snapshot === null} onClick={() => set({ mode: 'what-if' })}>
              Ask what if
            </Button>
          )}
        </>
      }
    >
      <WeightsTabs release={release.digest} against={reference === undefined ? against : null} />
      <div className={css['choices']}>
        <Select
          label="Release"
          size="xs"
          w={260}
          data={names(releases)}
          value={release.digest}
          onChange={(digest) =>
            set({ release: digest ?? undefined, against: undefined, head: undefined, mode: 'read' })
          }
        />
        <Select
          label="Beside"
          size="xs"
          w={300}
          data={[
            { value: 'none', label: 'Nothing' },
            { group: 'Releases', items: names(releases.filter(({ digest }) => digest !== release.digest)) },
            { group: 'Published', items: references.map(({ id, title }) => ({ value: id, label: title })) },
          ]}
          value={against ?? 'none'}
          onChange={(against) => set({ against: against ?? undefined })}
        />
        <Select
          label="Measured on"
          size="xs"
          w={260}
          placeholder="No snapshot yet"
          data={snapshots.map(({ digest, meta, available }) => ({
            value: digest,
            label: meta.name,
            disabled: !available,
          }))}
          value={snapshot}
          onChange={(snapshot) => set({ snapshot: snapshot ?? undefined, request: undefined })}
        />
        {!whatIf && <SearchField label="Search heads and rules" value={search.q} onChange={setQ} />}
      </div>
      {whatIf ? (
        <WhatIf
          key={detail.release}
          {...{ detail, snapshot }}
          request={search.request}
          onRequest={(request) => set({ request })}
          onLeave={() => set({ mode: 'read' })}
        />
      ) : (
        <ExportSource value={source}>
          <Findings findings={detail.findings} />
          <Figure
            title="The scoring formula"
            note={formulaNote(rows.length, shown.length, detail.comparison?.title ?? null)}
            table={{ columns: columns.map(String), rows: cells }}
          >
            <FormulaTable
              rows={shown}
              compared={detail.comparison !== null}
              sort={search.sort}
              chosen={search.head}
              onSort={(sort) => set({ sort })}
              onChoose={(head) => set({ head: head === search.head ? undefined : head })}
            />
          </Figure>
          {worth.error !== null && <Loaded query={worth}>{() => null}</Loaded>}
          {worth.data !== undefined && chosen !== undefined && (
            <Sensitivity worth={worth.data} name={chosen.name} weight={chosen.weight ?? 0} />
          )}
          <Rules detail={detail} q={search.q} />
          <Changes detail={detail} measured={measured} against={reference === undefined ? against : null} />
          {reference !== undefined && <Published reference={reference} />}
        </ExportSource>
      )}
    </Page>
  );
}

function formulaNote(all: number, shown: number, other: string | null): string {
  const found = shown < all ? [`${shown} of ${plural(all, 'head')} found`] : [plural(all, 'head')];
  return [...found, ...(other === null ? [] : [`struck through: ${other}`])].join('; ');
}
