import type { SignedDecision } from '../../../shared/contract/signoff.ts';
import { Digest } from '../../components/Digest.tsx';
import { Mark } from '../../components/Mark.tsx';
import { TimeText } from '../../components/TimeText.tsx';
import css from './Document.module.css';

/** A name on a line, with what was decided and whether it counts. */
export function Signature({ decision }: { decision: SignedDecision }) {
  const { person, role, keyId, at, reason, conditions, counts, notCountedBecause } = decision;
  return (
    <div className={css['signature']}>
      <span className={css['signer']}>{person}</span>
      {decision.decision === 'approve' ? (
        <Mark tone="pass" shape="tick">
          Approves
        </Mark>
      ) : (
        <Mark
          tone={decision.decision === 'refuse' ? 'fail' : 'plain'}
          shape={decision.decision === 'refuse' ? 'cross' : 'dash'}
        >
          {decision.decision === 'refuse' ? 'Refuses' : 'Withdraws the refusal'}
        </Mark>
      )}
      <span className={css['fine']}>
        {role}, <TimeText at={at} />, key <Digest of={keyId} />
      </span>
      <span className={css['fine']}>{reason}</span>
      {conditions !== '' && <span className={css['fine']}>On condition: {conditions}</span>}
      {decision.expires !== null && (
        <span className={css['fine']}>
          Until <TimeText at={decision.expires} />
        </span>
      )}
      {decision.gatesRevision !== null && (
        <span className={css['fine']}>Only with gates revision {decision.gatesRevision}</span>
      )}
      {decision.waivers.map((waiver) => (
        <span key={waiver.gate} className={css['fine']}>
          Waives {waiver.gate}: {waiver.reason}
        </span>
      ))}
      {!counts && <span className={css['fine']}>Does not count: {notCountedBecause}</span>}
    </div>
  );
}
