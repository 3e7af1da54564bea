import { Select } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useSubject } from '../../../app/place.ts';
import { Later } from '../../../components/Later.tsx';
import { Loaded } from '../../../components/Loaded.tsx';
import { Page } from '../../../components/Page.tsx';
import { releaseName } from '../../releases/rows.ts';
import { PairPage, type PairProps } from '../changes/PairPage.tsx';
import { WeightsTabs } from '../WeightsTabs.tsx';
import { Measuring } from './Measuring.tsx';
import { useTotals } from './queries.ts';
import { AnomalyFilter } from './search.ts';
import css from './Tensors.module.css';
import { TensorList } from './TensorList.tsx';
import { Totals } from './Totals.tsx';

const route = getRouteApi('/frame/weights/tensors');

/** Every tensor of a release with what its values come to, the suspicious ones first. */
export function TensorsPage() {
  const search = route.useSearch();
  return (
    <PairPage
      title="Tensors"
      search={search}
      empty="Here you read every tensor of a release: its shape, its values in figures, and what is wrong with them."
    >
      {(pair) => <Tensors {...pair} />}
    </PairPage>
  );
}

function Tensors({ releases, release, against }: PairProps) {
  const navigate = route.useNavigate();
  const search = route.useSearch();
  const set = useCallback(
    (part: Partial<typeof search>) =>
      void navigate({ search: (last) => ({ ...last, ...part }), replace: true }),
    [navigate],
  );
  const totals = useTotals(release.digest);
  useSubject(releaseName(release), release.digest);
  return (
    <Page title={`Tensors of ${releaseName(release)}`} fill>
      <WeightsTabs release={release.digest} against={against?.digest ?? null} />
      <Loaded query={totals}>
        {(totals) => (
          <>
            <div className={css['top']}>
              <Select
                label="Release"
                w={260}
                data={releases.map((row) => ({
                  value: row.digest,
                  label: `${releaseName(row)} (${row.state})`,
                }))}
                value={release.digest}
                allowDeselect={false}
                onChange={(release) =>
                  set({
                    release: release ?? undefined,
                    against: undefined,
                    file: undefined,
                    dtype: undefined,
                  })
                }
              />
              <Totals
                totals={totals}
                onFile={(file) => set({ file })}
                onAnomaly={(kind) => set({ anomaly: AnomalyFilter.catch('all').parse(kind) })}
              />
            </div>
            {totals.measured === null && (
              <Measuring key={release.digest} release={release.digest} jobId={totals.jobId} />
            )}
            <Later>
              <TensorList release={release} totals={totals} search={search} set={set} />
            </Later>
          </>
        )}
      </Loaded>
    </Page>
  );
}
