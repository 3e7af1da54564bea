import { Link } from '@tanstack/react-router';
import type { EscalationDetail } from '../../../../shared/contract/review/escalations.ts';
import { Digest } from '../../../components/Digest.tsx';
import { Facts } from '../../../components/Facts.tsx';
import { Loaded } from '../../../components/Loaded.tsx';
import { TimeText } from '../../../components/TimeText.tsx';
import { useReviewer } from '../queries.ts';
import { Due } from './Due.tsx';
import css from './Escalations.module.css';
import { Move } from './Move.tsx';
import { useEscalation } from './queries.ts';
import { StateMark } from './StateMark.tsx';

/** One escalation whole: how it stands, every step so far, and the next one. */
export function Escalation({ decision }: { decision: string }) {
  const escalation = useEscalation(decision);
  return <Loaded query={escalation}>{(of) => <Whole key={of.changedAt} of={of} />}</Loaded>;
}

function Whole({ of }: { of: EscalationDetail }) {
  const { data: reviewer = null } = useReviewer();
  return (
    <>
      <Facts
        of={[
          ['State', <StateMark key="state" state={of.state} />],
          ['Owner', of.owner ?? 'nobody'],
          ['Due', <Due key="due" of={of} />],
          ['Raised by', of.raisedBy],
          [
            'Why',
            of.note === '' ? (
              '–'
            ) : (
              <p key="why" className={css['comment']}>
                {of.note}
              </p>
            ),
          ],
          [
            'Item',
            <span key="item" className="mono">
              {of.itemId}
            </span>,
          ],
          [
            'Feed',
            <Link key="feed" to="/review/history" search={{ campaign: of.campaign, feed: of.feed }}>
              decisions on feed {of.feed + 1}
            </Link>,
          ],
          ['Decision', <Digest key="decision" of={of.decision} />],
        ]}
      />
      <h3 className={css['heading']}>Steps</h3>
      <ol className={css['steps']}>
        {of.steps.map(({ at, person, state, owner, due, comment }) => (
          <li key={`${at} ${person} ${state}`}>
            <StateMark state={state} /> by {person}, <TimeText at={at} />
            <span className="quiet">
              {owner !== null && `, owner ${owner}`}
              {due !== null && `, due ${due}`}
            </span>
            {comment !== '' && <p className={css['comment']}>{comment}</p>}
          </li>
        ))}
      </ol>
      <h3 className={css['heading']}>Next step</h3>
      {reviewer === null ? (
        <p className="quiet">Unlock your key on the campaigns page to move or comment on it.</p>
      ) : (
        <Move of={of} />
      )}
    </>
  );
}
