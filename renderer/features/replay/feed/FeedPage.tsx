import { getRouteApi } from '@tanstack/react-router';
import { useSubject } from '../../../app/place.ts';
import { Loaded } from '../../../components/Loaded.tsx';
import { Page } from '../../../components/Page.tsx';
import { TimeText } from '../../../components/TimeText.tsx';
import { ExportSource, type Source } from '../../../components/export/source.ts';
import { sourceOf } from '../exports.ts';
import { useFeed, useFeedAttribution, useReplay } from '../queries.ts';
import type { ReplayDetail } from '../../../../shared/contract/replay.ts';
import { Comparison } from './Comparison.tsx';
import { Neighbours } from './Neighbours.tsx';

const route = getRouteApi('/frame/replay/$id/request/$requestId');

/** One request under two rankers: the page that decides. */
export function FeedPage() {
  const { id, requestId } = route.useParams();
  const replay = useReplay(id);
  useSubject(`Request ${requestId}`);
  if (replay.data === undefined) {
    return (
      <Page title={`Request ${requestId}`}>
        <Loaded query={replay}>{() => null}</Loaded>
      </Page>
    );
  }
  return <Feed key={requestId} replay={replay.data} requestId={requestId} />;
}

/** What the figures of one request say of where they come from. */
const requestSource = ({ name, line }: Source, request: string): Source => ({
  name: `${name} ${request}`,
  line: `${request}: ${line}`,
});

function Feed({ replay, requestId }: { replay: ReplayDetail; requestId: string }) {
  const feed = useFeed(replay, requestId);
  const attribution = useFeedAttribution(replay, requestId);
  const request = feed.data?.request;
  const measures = replay.report?.measures ?? [];
  const name = `request ${requestId}`;
  const source =
    replay.report === null ? { name, line: name } : requestSource(sourceOf(replay, replay.report), name);
  return (
    <Page
      fill
      title={`Request ${requestId}`}
      lead={
        request !== undefined && (
          <>
            <span>
              User <span className="mono">{request.userId}</span>
              {request.region !== null && `, ${request.region}`}
            </span>
            <span>
              asked <TimeText at={request.requestedAt} /> on {request.surface}
            </span>
            <span>{feed.data?.items.length} candidates</span>
          </>
        )
      }
      actions={<Neighbours replayId={replay.id} />}
    >
      <Loaded query={feed}>
        {(comparison) => (
          <ExportSource value={source}>
            <Comparison comparison={comparison} attribution={attribution} measures={measures} />
          </ExportSource>
        )}
      </Loaded>
    </Page>
  );
}
