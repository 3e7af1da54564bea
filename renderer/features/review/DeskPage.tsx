import { getRouteApi } from '@tanstack/react-router';
import { ButtonLink } from '../../components/ButtonLink.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { Page } from '../../components/Page.tsx';
import { Desk } from './Desk.tsx';
import { useLibrary, useTask } from './queries.ts';
import type { ReviewTask } from '../../../shared/contract/review.ts';

const route = getRouteApi('/frame/review/$id');

/** The desk: one feed after the other until the campaign has none left for the person. */
export function DeskPage() {
  const { id } = route.useParams();
  const task = useTask(id);
  const data = task.data;
  return (
    <Page
      fill
      title="Review desk"
      lead={
        data !== undefined &&
        data !== null && (
          <span>
            Feed {data.feed + 1} of {data.feeds}, {data.submitted} submitted by you. Request{' '}
            <span className="mono">{data.request.requestId}</span>, user{' '}
            <span className="mono">{data.request.userId}</span>
          </span>
        )
      }
      actions={<ButtonLink to="/review">Campaigns and who reviews</ButtonLink>}
    >
      <Loaded query={task}>
        {(task) =>
          task === null ? (
            <EmptyState title="Nothing left for you">
              Every feed of this campaign is judged by you or held by others. Look at another campaign.
            </EmptyState>
          ) : (
            <WithPolicies key={task.feed} task={task} />
          )
        }
      </Loaded>
    </Page>
  );
}

function WithPolicies({ task }: { task: ReviewTask }) {
  const library = useLibrary(task.policies);
  return <Loaded query={library}>{(library) => <Desk task={task} library={library} />}</Loaded>;
}
