import type { AuditOutcome } from '../../../../shared/domain/review/lead-audit.ts';
import type { Shape, Tone } from '../../../components/Mark.tsx';

/** What each outcome of an audit says, and how it looks. */
export const OUTCOMES: Readonly<
  Record<AuditOutcome, { readonly says: string; readonly tone: Tone; readonly shape: Shape }>
> = {
  upheld: { says: 'The decision is right', tone: 'pass', shape: 'tick' },
  'false positive': { says: 'It restricts what violates nothing', tone: 'fail', shape: 'up' },
  'false negative': { says: 'It lets pass what violates a policy', tone: 'fail', shape: 'down' },
  'wrong policy': { says: 'It violates another policy than the one named', tone: 'unknown', shape: 'half' },
  'technical error': { says: 'It is a slip: the wrong item, key or reason', tone: 'unknown', shape: 'dash' },
};
