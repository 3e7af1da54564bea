import { hasNoPartBecause } from '../../../../shared/domain/roster/authority.ts';
import { unusableBecause, type RosterKey } from '../../../../shared/domain/roster/keyring.ts';
import { isRoot } from '../../../../shared/domain/roster/roster.ts';
import type { RosterChain } from '../roster-chain.ts';
import type { TufRoles } from './metadata.ts';

/** Whose signatures the metadata asks for, by a roster at a moment. `online`: public key of the workspace's log. */
export function rolesOf(chain: RosterChain, online: string, at: string): TufRoles {
  const { roster, keys } = chain;
  return {
    root: {
      publicKeys: onePerPerson(keys, at, ({ person }) => isRoot(roster.organisation, person)),
      threshold: roster.thresholds.root,
    },
    approvers: {
      publicKeys: onePerPerson(keys, at, ({ person }) => hasNoPartBecause(person, ['approver']) === null),
      threshold: roster.thresholds.approver,
    },
    online,
  };
}

/** The usable key of each person that is valid longest, because TUF counts keys and the roster counts people. */
function onePerPerson(keys: readonly RosterKey[], at: string, may: (key: RosterKey) => boolean): string[] {
  const usable = keys
    .filter((key) => may(key) && unusableBecause(key, at) === null)
    .toSorted((a, b) => Date.parse(a.validUntil) - Date.parse(b.validUntil));
  return [...new Map(usable.map((key) => [key.person.id, key.publicKey])).values()].toSorted();
}
