import { Select } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { ReleaseRow } from '../../../../shared/contract/releases.ts';
import type { ModelGraph } from '../../../../shared/domain/weights/graph.ts';
import { usePageKeys, type PageKey } from '../../../app/keys.ts';
import { useSubject } from '../../../app/place.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { Loaded } from '../../../components/Loaded.tsx';
import { LoadedPage } from '../../../components/LoadedPage.tsx';
import { formatCount, plural } from '../../../components/number.ts';
import { Page } from '../../../components/Page.tsx';
import { ImportButton } from '../../releases/ImportButton.tsx';
import { useReleases } from '../../releases/queries.ts';
import { releaseName } from '../../releases/rows.ts';
import { chosenPair } from '../changes/search.ts';
import { WeightsTabs } from '../WeightsTabs.tsx';
import { GraphView } from './GraphView.tsx';
import { useModelGraph } from './queries.ts';

const route = getRouteApi('/frame/weights/graph');

const KEYS: readonly PageKey[] = [
  { keys: ['/'], does: 'Search the graph' },
  { keys: ['+', '−'], does: 'Zoom, with the drawing in focus' },
  { keys: ['0'], does: 'Show all of the graph' },
  { keys: ['Enter'], does: 'Open the chosen group, with the drawing in focus' },
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
  const graph = useModelGraph(release.digest);
  const navigate = route.useNavigate();
  useSubject(releaseName(release), release.digest);
  return (
    <Page
      fill
      title={`Model of ${releaseName(release)}`}
      lead={graph.data !== undefined && <GraphLead graph={graph.data} />}
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
      <Loaded query={graph}>
        {(graph) => <GraphView key={release.digest} graph={graph} release={release.digest} />}
      </Loaded>
    </Page>
  );
}

const GraphLead = ({ graph }: { graph: ModelGraph }) => (
  <span>
    {plural(graph.nodes.length, 'operator')}, {plural(graph.tensors.length, 'tensor')},{' '}
    {formatCount(graph.tensors.reduce((sum, { elements }) => sum + elements, 0))} parameters
  </span>
);
