import { getRouteApi } from '@tanstack/react-router';
import type { ReplayRow } from '../../../../shared/contract/replay.ts';
import { useSubject } from '../../../app/place.ts';
import { ButtonLink } from '../../../components/ButtonLink.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { LoadedPage } from '../../../components/LoadedPage.tsx';
import { formatCount } from '../../../components/number.ts';
import { Page } from '../../../components/Page.tsx';
import { Ranker } from '../../../components/Ranker.tsx';
import { rankerName } from '../../../components/ranker-name.ts';
import { Skeletons } from '../../../components/Skeletons.tsx';
import { useReplays, useReplaysOf } from '../queries.ts';
import { alike } from './alike.ts';
import { Candidates } from './Candidates.tsx';

const route = getRouteApi('/frame/replay/compare');

/** Several candidates against one baseline on one snapshot, in one table. */
export function ComparePage() {
  const { like } = route.useSearch();
  const replays = useReplays();
  useSubject('Candidates compared');
  return (
    <LoadedPage title="Candidates compared" query={replays}>
      {(replays) => {
        const ground = replays.find(({ id }) => id === like);
        return ground === undefined ? (
          <NoGround />
        ) : (
          <Compared ground={ground} rows={alike(replays, ground)} />
        );
      }}
    </LoadedPage>
  );
}

function NoGround() {
  return (
    <Page title="Candidates compared">
      <EmptyState
        title="No replay to compare with"
        action={<ButtonLink to="/replay">Choose a replay</ButtonLink>}
      >
        Open a finished replay and compare its candidate from there.
      </EmptyState>
    </Page>
  );
}

function Compared({ ground, rows }: { ground: ReplayRow; rows: readonly ReplayRow[] }) {
  const queries = useReplaysOf(rows.map(({ id }) => id));
  const error = queries.find((query) => query.error !== null)?.error ?? null;
  const replays = queries.flatMap(({ data }) => (data === undefined ? [] : [data]));
  const { snapshot, baseline, settings } = ground;
  return (
    <Page
      title={`Candidates against ${rankerName(baseline)}`}
      lead={
        <>
          <Ranker side="baseline" ranker={baseline} named />
          <span>on {snapshot.name}</span>
          <span>
            {settings.limit === null ? 'all requests' : `${formatCount(settings.limit)} requests`}, seed{' '}
            {settings.seed}, {settings.topK} items per feed
          </span>
        </>
      }
      actions={
        <ButtonLink to="/replay" search={{ snapshot: snapshot.digest, baseline: baseline.digest }}>
          Replay another candidate
        </ButtonLink>
      }
    >
      {error !== null ? (
        <ErrorState error={error} />
      ) : replays.length < rows.length ? (
        <Skeletons />
      ) : (
        <Candidates baseline={baseline} snapshot={snapshot} replays={replays} />
      )}
    </Page>
  );
}
