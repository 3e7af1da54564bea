import { Roster, ROSTER_PAYLOAD } from '../../../shared/domain/roster/roster.ts';
import { signEnvelope } from './envelope.ts';
import type { SigningKey } from './key-file.ts';
import { readAs } from './document.ts';
import { readRosterChain, type RosterChain, type RosterText } from './roster-chain.ts';

/**
 * Signs a roster with its roots' keys and answers the DSSE JSON, checked as a successor of `before`.
 * Throws failed_check when the keys are not those of enough roots.
 */
export function signRoster(
  roster: unknown,
  keys: readonly SigningKey[],
  before: readonly RosterText[],
): string {
  const checked = readAs('the roster', 'roster', Roster, roster);
  const text = `${JSON.stringify(signEnvelope(ROSTER_PAYLOAD, checked, keys), undefined, 2)}\n`;
  readRosterChain([...before, { name: `roster version ${checked.version}`, text }]);
  return text;
}

/** The next version of a roster, unsigned. */
export const nextRoster = (
  { roster, digest }: RosterChain,
  change: Partial<Pick<Roster, 'people' | 'revocations' | 'thresholds'>>,
  issuedAt: string,
): Roster => ({ ...roster, ...change, version: roster.version + 1, previous: digest, issuedAt });
