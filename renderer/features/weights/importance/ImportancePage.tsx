import { Button, Select } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { ImportanceOf } from '../../../../shared/contract/importance.ts';
import { useSubject } from '../../../app/place.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { Loaded } from '../../../components/Loaded.tsx';
import { plural } from '../../../components/number.ts';
import { Page } from '../../../components/Page.tsx';
import { Ranker } from '../../../components/Ranker.tsx';
import { releaseName } from '../../releases/rows.ts';
import { useSnapshots } from '../../replay/queries.ts';
import { PairChoice } from '../changes/PairChoice.tsx';
import { PairPage, type PairProps } from '../changes/PairPage.tsx';
import { JobProgress } from '../JobProgress.tsx';
import { WeightsTabs } from '../WeightsTabs.tsx';
import { HeadFeatures } from './HeadFeatures.tsx';
import { useImportance, useMeasure } from './queries.ts';

const route = getRouteApi('/frame/weights/importance');

/** Which features matter to each head of a release, and how that changed. */
export function ImportancePage() {
  const search = route.useSearch();
  return (
    <PairPage
      title="Features that matter"
      search={search}
      empty="Here you read which features each head of a release leans on, and how that changed."
    >
      {(pair) => <Features {...pair} />}
    </PairPage>
  );
}

function useSet() {
  const navigate = route.useNavigate();
  return useCallback(
    (part: Partial<ReturnType<typeof route.useSearch>>) =>
      void navigate({ search: (last) => ({ ...last, ...part }), replace: true }),
    [navigate],
  );
}

function Features({ releases, release, against }: PairProps) {
  const search = route.useSearch();
  const set = useSet();
  const { data: snapshots } = useSnapshots();
  const readable = (snapshots ?? []).filter(({ available }) => available);
  const snapshot = (readable.find(({ digest }) => digest === search.snapshot) ?? readable[0])?.digest;
  const other = against?.digest ?? null;
  const of = useMemo(
    () => (snapshot === undefined ? null : { release: release.digest, against: other, snapshot }),
    [release.digest, other, snapshot],
  );
  useSubject(releaseName(release), release.digest);
  return (
    <Page
      title={`Features that matter to ${releaseName(release)}`}
      lead={
        against !== null && (
          <>
            <Ranker side="baseline" ranker={against.manifest} named />
            <Ranker side="candidate" ranker={release.manifest} named />
          </>
        )
      }
    >
      <WeightsTabs release={release.digest} against={other} />
      <PairChoice {...{ releases, release, against }} onChange={set}>
        <Select
          label="Measured on"
          w={260}
          placeholder="No snapshot yet"
          data={(snapshots ?? []).map(({ digest, meta, available }) => ({
            value: digest,
            label: meta.name,
            disabled: !available,
          }))}
          value={snapshot ?? null}
          allowDeselect={false}
          onChange={(snapshot) => set({ snapshot: snapshot ?? undefined })}
        />
      </PairChoice>
      {of !== null && <Measured key={`${of.release} ${of.against} ${of.snapshot}`} of={of} />}
      {of === null && snapshots !== undefined && (
        <EmptyState title="No snapshot to measure on">
          Which features matter is measured on logged requests. Add a snapshot under Replay first.
        </EmptyState>
      )}
    </Page>
  );
}

function Measured({ of }: { of: ImportanceOf }) {
  const search = route.useSearch();
  const set = useSet();
  const query = useImportance(of);
  const measure = useMeasure();
  const start = () => measure.mutate(of);
  return (
    <Loaded query={query}>
      {({ report, jobId }) => {
        if (report !== null)
          return (
            <>
              <p className="quiet">
                Measured on {plural(report.requests, 'request')}, {plural(report.candidates, 'candidate')};
                each feature shuffled {report.settings.repeats} times, seed {report.settings.seed}.
              </p>
              <HeadFeatures {...{ report, search, set }} />
            </>
          );
        if (measure.error !== null) return <ErrorState error={measure.error} retry={start} />;
        const job = measure.data?.jobId ?? jobId;
        if (job !== null)
          return (
            <JobProgress
              jobId={job}
              doing="Shuffling one feature after another"
              action="Measure"
              onStart={start}
            />
          );
        return (
          <EmptyState
            title="Not measured yet"
            action={
              <Button loading={measure.isPending} onClick={start}>
                Measure which features matter
              </Button>
            }
          >
            One feature after another is shuffled among the candidates of some hundred logged requests, to see
            how far the outputs move and how much worse they predict.
          </EmptyState>
        );
      }}
    </Loaded>
  );
}
