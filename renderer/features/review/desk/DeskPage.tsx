import { getRouteApi } from '@tanstack/react-router';
import { useReducer } from 'react';
import type { ReviewTask } from '../../../../shared/contract/review/desk.ts';
import type { Macro } from '../../../../shared/domain/review/macro.ts';
import { useSubject } from '../../../app/place.ts';
import { ButtonLink } from '../../../components/ButtonLink.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { Loaded } from '../../../components/Loaded.tsx';
import { Page } from '../../../components/Page.tsx';
import { useLibrary, useMacros, usePreferences, useReviewer, useTask, type Claim } from '../queries.ts';
import { Unlock } from '../Unlock.tsx';
import { BreakReminder } from './BreakReminder.tsx';
import { Desk } from './Desk.tsx';
import { HeldFeeds } from './HeldFeeds.tsx';
import { Progress } from './Progress.tsx';

const campaignRoute = getRouteApi('/frame/review/campaign/$id');
const queueRoute = getRouteApi('/frame/review/queue/$id');

/** The desk: one feed after the other until the campaign has none left for the person. */
export function CampaignDeskPage() {
  const { id } = campaignRoute.useParams();
  return <DeskPage claim={{ campaign: id }} />;
}

/** The desk on a queue: the most urgent feed first, whatever its campaign. */
export function QueueDeskPage() {
  const { id } = queueRoute.useParams();
  return <DeskPage claim={{ queue: id }} />;
}

function DeskPage({ claim }: { claim: Claim }) {
  const reviewer = useReviewer();
  if (reviewer.data === null) {
    return (
      <Page title="Review desk" lead="Whoever judges feeds unlocks a key first: every decision carries it.">
        <Unlock reviewer={null} />
      </Page>
    );
  }
  if (reviewer.data === undefined) {
    return (
      <Page title="Review desk">
        <Loaded query={reviewer}>{() => null}</Loaded>
      </Page>
    );
  }
  return <AtWork key={reviewer.data.keyId} claim={claim} person={reviewer.data.person} />;
}

function AtWork({ claim, person }: { claim: Claim; person: string }) {
  const task = useTask(claim, person);
  const [said, say] = useReducer(announced, { words: '', times: 0 });
  const data = task.data;
  useSubject(data === undefined || data === null ? undefined : `Feed ${data.feed + 1}`);
  return (
    <Page
      fill
      title="Review desk"
      lead={
        data !== undefined &&
        data !== null && <Progress claim={claim} task={data} person={person} onSay={say} />
      }
    >
      <BreakReminder person={person} />
      <div className="visually-hidden" role="status" aria-live="polite">
        <span key={said.times}>{said.words}</span> {data === null ? 'Nothing is left for you.' : ''}
      </div>
      <Loaded query={task}>
        {(task) =>
          task === null ? (
            <EmptyState
              title="Nothing left for you"
              action={
                <>
                  {'campaign' in claim && (
                    <HeldFeeds claim={claim} campaign={claim.campaign} person={person} onSay={say} />
                  )}
                  <ButtonLink to="/review">See what waits elsewhere</ButtonLink>
                </>
              }
            >
              Every feed here is judged by you, is held by somebody, or has a label you leave to others.
            </EmptyState>
          ) : (
            <WithPolicies claim={claim} task={task} onSay={say} />
          )
        }
      </Loaded>
    </Page>
  );
}

/** The same words twice in a row are said twice: each time they are a new element of the live region. */
const announced = ({ times }: { times: number }, words: string) => ({ words, times: times + 1 });

const NONE: readonly Macro[] = [];

function WithPolicies({
  claim,
  task,
  onSay,
}: {
  claim: Claim;
  task: ReviewTask;
  onSay: (words: string) => void;
}) {
  const library = useLibrary(task.policies);
  const preferences = usePreferences();
  const macros = useMacros();
  return (
    <Loaded query={library}>
      {(library) => (
        <Loaded query={preferences}>
          {({ inForce }) => (
            <Desk
              claim={claim}
              task={task}
              library={library}
              preferences={inForce}
              macros={macros.data ?? NONE}
              onSay={onSay}
            />
          )}
        </Loaded>
      )}
    </Loaded>
  );
}
