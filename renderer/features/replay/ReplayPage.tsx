import { getRouteApi } from '@tanstack/react-router';
import type { ReplayDetail } from '../../../shared/contract/replay.ts';
import { usePageKeys, type PageKey } from '../../app/keys.ts';
import { useSubject } from '../../app/place.ts';
import { ButtonLink } from '../../components/ButtonLink.tsx';
import { Digest } from '../../components/Digest.tsx';
import { Figure } from '../../components/export/Figure.tsx';
import { ExportSource } from '../../components/export/source.ts';
import { SavePdf } from '../../components/export/SavePdf.tsx';
import { Gates } from '../../components/Gates.tsx';
import { LoadedPage } from '../../components/LoadedPage.tsx';
import { Page } from '../../components/Page.tsx';
import { Ranker } from '../../components/Ranker.tsx';
import { rankerName } from '../../components/ranker-name.ts';
import { TimeText } from '../../components/TimeText.tsx';
import { GateTally } from './GateTally.tsx';
import { sourceOf } from './exports.ts';
import { gatesTable } from './gates-table.ts';
import { queryOf, useReplay } from './queries.ts';
import { Movers } from './movers/Movers.tsx';
import css from './Replay.module.css';
import { ReportBody } from './ReportBody.tsx';
import { ReplayStateMark } from './ReplayStateMark.tsx';
import { RemoveButton } from './RemoveButton.tsx';
import { Requests } from './Requests.tsx';
import { requestsTable } from './requests-table.ts';
import { Unfinished } from './Unfinished.tsx';

const KEYS: readonly PageKey[] = [
  { keys: ['/'], does: 'Search the requests' },
  { keys: ['↑', '↓'], does: 'Move through the requests (also j and k)' },
  { keys: ['Enter'], does: 'Open both feeds of the request' },
];

const route = getRouteApi('/frame/replay/$id');

export function ReplayPage() {
  const { id } = route.useParams();
  const query = useReplay(id);
  const { data } = query;
  useSubject(data && `${rankerName(data.candidate)} against ${rankerName(data.baseline)}`);
  usePageKeys(KEYS);
  return (
    <LoadedPage title="Replay" query={query}>
      {(replay) => <Replay replay={replay} />}
    </LoadedPage>
  );
}

function Replay({ replay }: { replay: ReplayDetail }) {
  const { candidate, report } = replay;
  const search = route.useSearch();
  return (
    <Page
      title={`${rankerName(candidate)} against ${rankerName(replay.baseline)}`}
      lead={
        <>
          <ReplayStateMark state={replay.state} />
          <Ranker side="baseline" ranker={replay.baseline} named />
          <Ranker side="candidate" ranker={candidate} named />
          <span>
            on {replay.snapshot.name}, <TimeText at={replay.createdAt} />
          </span>
          {replay.reportDigest !== null && (
            <span>
              report <Digest of={replay.reportDigest} />
            </span>
          )}
        </>
      }
      actions={
        <>
          {report !== null && (
            <>
              <ButtonLink to="/replay/compare" search={{ like: replay.id }}>
                Compare candidates
              </ButtonLink>
              <SavePdf
                name={`${rankerName(candidate)} against ${rankerName(replay.baseline)}`}
                route={`/print/replay/${replay.id}`}
              />
            </>
          )}
          {replay.state !== 'running' && replay.state !== 'queued' && <RemoveButton replay={replay} />}
          {candidate.team === 'us' && (
            <ButtonLink to="/signoff/$digest" params={{ digest: candidate.digest }}>
              Sign-off
            </ButtonLink>
          )}
        </>
      }
    >
      {report === null ? (
        <Unfinished replay={replay} />
      ) : (
        <ExportSource value={sourceOf(replay, report)}>
          <Figure title="Gates" note={<GateTally gates={replay.gates} />} table={gatesTable(replay.gates)}>
            <Gates gates={replay.gates} />
          </Figure>
          <ReportBody report={report} />
          <Movers replayId={replay.id} requests={report.requests} />
          <Figure
            title="Requests"
            note="How far each feed moved"
            table={() => requestsTable(queryOf(replay.id, search))}
          >
            <div className={css['requests']}>
              <Requests replayId={replay.id} />
            </div>
          </Figure>
        </ExportSource>
      )}
    </Page>
  );
}
