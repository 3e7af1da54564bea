import type { SignedAction } from '../../../shared/contract/signoff.ts';
import { Mark } from '../../components/Mark.tsx';
import { listOf } from '../../components/number.ts';
import { SaveText } from '../../components/SaveText.tsx';
import { TimeText } from '../../components/TimeText.tsx';
import css from './Document.module.css';

const DEEDS: Record<SignedAction['action'], string> = {
  submit: 'Submitted',
  review: 'Taken into review',
  withdraw: 'Withdrawn',
  promote: 'Put into production',
  'roll back': 'Production rolled back to it',
  revoke: 'Revoked',
  diverge: 'Refused, unlike the global team',
};

/** Every signed step of the release, in order, each to be exported as the envelope it is. */
export function History({ history }: { history: readonly SignedAction[] }) {
  return (
    <div className={css['signatures']}>
      {history.map((action) => (
        <div key={`${action.action} ${action.at}`} className={css['signature']}>
          <span>
            <strong>{DEEDS[action.action]}</strong> by {listOf(action.people)}, <TimeText at={action.at} />
          </span>
          <SaveText
            label="Export…"
            make={() =>
              Promise.resolve({ fileName: `${action.action.replace(' ', '-')}.dsse.json`, text: action.json })
            }
          />
          {action.globalDecision !== null && (
            <span className={css['fine']}>The global team decided: {action.globalDecision}</span>
          )}
          {action.reason !== '' && <span className={css['fine']}>{action.reason}</span>}
          {action.unprovenBecause !== null && (
            <Mark tone="fail" shape="cross">
              Not proven: {action.unprovenBecause}
            </Mark>
          )}
        </div>
      ))}
    </div>
  );
}
