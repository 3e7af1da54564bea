import { getRouteApi, Link } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { ReleaseRow } from '../../../../shared/contract/releases.ts';
import { useKeyPress, usePageKeys, type PageKey } from '../../../app/keys.ts';
import { useSubject } from '../../../app/place.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ExportSource } from '../../../components/export/source.ts';
import { Loaded } from '../../../components/Loaded.tsx';
import { LoadedPage } from '../../../components/LoadedPage.tsx';
import { Page } from '../../../components/Page.tsx';
import { useReleases } from '../../releases/queries.ts';
import { releaseName } from '../../releases/rows.ts';
import { chosenPair } from '../changes/search.ts';
import { useTensor } from './queries.ts';
import type { TensorSearch } from './search.ts';
import css from './Tensor.module.css';
import { TensorFacts } from './TensorFacts.tsx';
import { TensorSlice } from './TensorSlice.tsx';

const KEYS: readonly PageKey[] = [
  { keys: ['Esc'], does: 'Back to the list of tensors' },
  { keys: ['←', '↑', '→', '↓'], does: 'Move through the cells of the heat map' },
];

const route = getRouteApi('/frame/weights/tensor');

/** One tensor: what its values come to, how they lie, and the values themselves. */
export function TensorPage() {
  const releases = useReleases();
  const search = route.useSearch();
  usePageKeys(KEYS);
  return (
    <LoadedPage title="Tensor" query={releases}>
      {(releases) => {
        const { release } = chosenPair(releases, search);
        return release === null || search.tensor === '' ? (
          <Page title="Tensor">
            <EmptyState
              title="No tensor chosen"
              action={
                <Link to="/weights/tensors" search={{}}>
                  Choose one in the list
                </Link>
              }
            >
              Here you see one tensor with all its values.
            </EmptyState>
          </Page>
        ) : (
          <Tensor key={`${release.digest} ${search.tensor}`} release={release} />
        );
      }}
    </LoadedPage>
  );
}

function Tensor({ release }: { release: ReleaseRow }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const set = useCallback(
    (part: Partial<TensorSearch>) =>
      void navigate({ search: (last) => ({ ...last, ...part }), replace: true }),
    [navigate],
  );
  const back = useCallback(
    (event: KeyboardEvent) => {
      if (event.key === 'Escape')
        void navigate({
          to: '/weights/tensors',
          search: { release: release.digest, against: search.against },
        });
    },
    [navigate, release.digest, search.against],
  );
  useKeyPress(back);
  const of = { release: release.digest, tensor: search.tensor };
  const query = useTensor(of);
  useSubject(releaseName(release), release.digest);
  const source = {
    name: `${release.manifest.version} ${search.tensor}`,
    line: `${releaseName(release)}, ${search.tensor}`,
  };
  return (
    <Page
      title={search.tensor}
      lead={
        <Link
          to="/weights/tensors"
          search={{ release: release.digest, against: search.against }}
          className={css['back'] ?? ''}
        >
          All tensors of {releaseName(release)}
        </Link>
      }
    >
      <ExportSource value={source}>
        <Loaded query={query}>
          {(detail) => (
            <div className={css['split']}>
              <TensorFacts detail={detail} />
              <TensorSlice of={of} statistics={detail.statistics} search={search} set={set} />
            </div>
          )}
        </Loaded>
      </ExportSource>
    </Page>
  );
}
