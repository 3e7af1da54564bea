import type { RosterDetail } from '../../../shared/contract/roster.ts';
import { Mark } from '../../components/Mark.tsx';
import { listOf } from '../../components/number.ts';
import css from './Roster.module.css';

/** More names than this are read as a list. */
const FEW = 4;

const WORDS = {
  approver: { deed: 'Approve a release', people: 'approvers' },
  root: { deed: 'Change this roster', people: 'roots' },
} as const;

/** For each threshold: who could sign now, and whether it can still be reached if one of them leaves. */
export function Reach({ roster }: { roster: RosterDetail }) {
  return (
    <div className={css['reach']}>
      {roster.reach.map(({ role, threshold, able, reachable, survivesLoss }) => (
        <div key={role}>
          <strong>{WORDS[role].deed}</strong>
          <p>
            {able.length === 0 ? 'Nobody' : able.length > FEW ? `${able.length} people` : listOf(able)} could
            sign; {threshold} {threshold === 1 ? WORDS[role].people.slice(0, -1) : WORDS[role].people} needed.
            {role === 'approver' && ' Whoever submitted a release does not count for it.'}
          </p>
          {able.length > FEW && (
            <ul className={css['able']} aria-label={WORDS[role].deed}>
              {able.map((person) => (
                <li key={person}>{person}</li>
              ))}
            </ul>
          )}
          <p>
            {!reachable ? (
              <Mark tone="fail" shape="cross">
                The threshold cannot be reached now
              </Mark>
            ) : survivesLoss ? (
              <Mark tone="pass" shape="tick">
                Still reached if one of them leaves
              </Mark>
            ) : (
              <Mark tone="unknown" shape="half">
                No longer reached if one of them leaves
              </Mark>
            )}
          </p>
        </div>
      ))}
    </div>
  );
}
