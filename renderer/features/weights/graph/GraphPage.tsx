import { Select } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { ReleaseRow } from '../../../../shared/contract/releases.ts';
import { edgesOf, reachOf } from '../../../../shared/domain/weights/graph.ts';
import type { GraphDrawing } from '../../../../shared/domain/weights/graph-drawing.ts';
import { usePageKeys, type PageKey } from '../../../app/keys.ts';
import { useSubject } from '../../../app/place.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { Loaded } from '../../../components/Loaded.tsx';
import { LoadedPage } from '../../../components/LoadedPage.tsx';
import { formatCount, plural } from '../../../components/number.ts';
import { Page } from '../../../components/Page.tsx';
import { SearchField } from '../../../components/SearchField.tsx';
import { ImportButton } from '../../releases/ImportButton.tsx';
import { useReleases } from '../../releases/queries.ts';
import { releaseName } from '../../releases/rows.ts';
import { chosenPair } from '../changes/search.ts';
import { WeightsTabs } from '../WeightsTabs.tsx';
import css from './Graph.module.css';
import { GraphCanvas } from './GraphCanvas.tsx';
import { HeadReach } from './HeadReach.tsx';
import { PartFacts } from './PartFacts.tsx';
import { isMeant, partsOf } from './parts.ts';
import { useDrawing } from './queries.ts';
import type { GraphSearch } from './search.ts';

const route = getRouteApi('/frame/weights/graph');
const MOST_LISTED = 100;

const KEYS: readonly PageKey[] = [
  { keys: ['/'], does: 'Search the graph' },
  { keys: ['+', '−'], does: 'Zoom, with the drawing in focus' },
  { keys: ['0'], does: 'Show all of the graph' },
];

/** The operators of a release's model, from input features to heads. */
export function GraphPage() {
  const releases = useReleases();
  const search = route.useSearch();
  usePageKeys(KEYS);
  return (
    <LoadedPage title="Model graph" query={releases}>
      {(releases) => {
        const { release, against } = chosenPair(releases, search);
        return release === null ? (
          <Page title="Model graph">
            <EmptyState title="No release yet" action={<ImportButton />}>
              Here you read how a release’s model goes from features to heads.
            </EmptyState>
          </Page>
        ) : (
          <OfRelease {...{ releases, release }} against={against?.digest ?? null} />
        );
      }}
    </LoadedPage>
  );
}

function OfRelease({
  releases,
  release,
  against,
}: {
  releases: readonly ReleaseRow[];
  release: ReleaseRow;
  against: string | null;
}) {
  const drawing = useDrawing(release.digest);
  const navigate = route.useNavigate();
  useSubject(releaseName(release), release.digest);
  return (
    <Page
      fill
      title={`Model of ${releaseName(release)}`}
      lead={drawing.data !== undefined && <GraphLead drawing={drawing.data} />}
      actions={
        <Select
          aria-label="Release"
          w={260}
          data={releases.map((row) => ({ value: row.digest, label: `${releaseName(row)} (${row.state})` }))}
          value={release.digest}
          onChange={(digest) => void navigate({ search: { release: digest ?? undefined, q: '' } })}
        />
      }
    >
      <WeightsTabs release={release.digest} against={against} />
      <Loaded query={drawing}>
        {(drawing) => <Graph key={release.digest} drawing={drawing} release={release.digest} />}
      </Loaded>
    </Page>
  );
}

const GraphLead = ({ drawing: { graph } }: { drawing: GraphDrawing }) => (
  <span>
    {plural(graph.nodes.length, 'operator')}, {plural(graph.tensors.length, 'tensor')},{' '}
    {formatCount(graph.tensors.reduce((sum, { elements }) => sum + elements, 0))} parameters
  </span>
);

function Graph({ drawing, release }: { drawing: GraphDrawing; release: string }) {
  const { graph } = drawing;
  const { q, part, head: named } = route.useSearch();
  const navigate = route.useNavigate();
  const set = useCallback(
    (change: Partial<GraphSearch>) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: true }),
    [navigate],
  );
  const setQ = useCallback((q: string) => set({ q }), [set]);
  const parts = useMemo(() => partsOf(graph), [graph]);
  const edges = useMemo(() => edgesOf(graph), [graph]);
  const wanted = q.trim().toLowerCase();
  const meant = useMemo(() => parts.filter((part) => isMeant(part, wanted)), [parts, wanted]);
  const found = useMemo(() => new Set(wanted === '' ? [] : meant.map(({ id }) => id)), [meant, wanted]);
  const head = graph.outputs.find(({ name }) => name === named)?.name ?? null;
  const traced = useMemo(() => (head === null ? null : reachOf(edges, head)), [edges, head]);
  const chosen = parts.find(({ id }) => id === part) ?? null;
  const operators = parts.filter(({ id, kind }) => kind === 'operator' && traced?.has(id) === true).length;
  return (
    <>
      <div className={css['bar']}>
        <Select
          label="Trace what reaches"
          w={260}
          clearable
          placeholder="no head"
          data={graph.outputs.map(({ name }) => name)}
          value={head}
          onChange={(head) => set({ head: head ?? undefined })}
        />
        <SearchField label="Search operators and tensors" value={q} onChange={setQ} />
      </div>
      <div className={css['columns']}>
        <GraphCanvas
          {...{ drawing, parts, traced, found }}
          chosen={chosen?.id ?? null}
          onChoose={(id) => set({ part: id ?? undefined })}
        />
        <div className={css['side']} tabIndex={0} role="region" aria-label="Parts of the graph">
          <div>
            <p className={css['quiet']} aria-live="polite">
              {wanted === ''
                ? plural(parts.length, 'part')
                : `${formatCount(meant.length)} of ${plural(parts.length, 'part')} found`}
              {meant.length > MOST_LISTED && `; the first ${MOST_LISTED} are listed`}
            </p>
            {meant.length > 0 && (
              <ul className={css['list']} aria-label="Operators, inputs and outputs">
                {meant.slice(0, MOST_LISTED).map(({ id, title, note }) => (
                  <li key={id}>
                    <button
                      type="button"
                      className={css['part']}
                      aria-current={id === chosen?.id}
                      onClick={() => set({ part: id })}
                    >
                      {title} <span className={css['quiet']}>{note}</span>
                    </button>
                  </li>
                ))}
              </ul>
            )}
          </div>
          {chosen !== null && <PartFacts part={chosen} graph={graph} />}
          {head !== null && <HeadReach {...{ release, head, operators }} />}
        </div>
      </div>
    </>
  );
}
