import type { RosterDetail } from '../../../shared/contract/roster.ts';
import { Alarm } from '../../components/Alarm.tsx';
import { TimeText } from '../../components/TimeText.tsx';

/** Every fork of this roster that was brought here: roots signed two, and until it is known why, nobody's word holds. */
export function RosterForks({ forks }: { forks: RosterDetail['forks'] }) {
  if (forks.length === 0) return null;
  return (
    <Alarm title="Two rosters are signed by the same roots">
      {forks.map(({ at, actor, alarm }) => (
        <p key={`${at} ${alarm}`}>
          {alarm}. Brought by {actor} <TimeText at={at} />, and refused.
        </p>
      ))}
      <p>
        Sign nothing here until the roots have said which one is theirs, and revoked the key that signed the
        other.
      </p>
    </Alarm>
  );
}
