import { refused } from '../../shared/domain/error.ts';
import { unusableBecause, type RosterKey } from '../../shared/domain/roster/keyring.ts';
import { unlockKey, type SigningKey } from '../services/signoff/key-file.ts';
import type { RosterChain } from '../services/signoff/roster-chain.ts';
import { readText } from '../services/signoff/text-file.ts';
import { askPassphrase } from './passphrase.ts';

/** Unlocks the private key in a file. Refuses one that is on the roster of no person of the US team, or not in force. */
export async function unlockRosterKey(
  path: string,
  { keys }: RosterChain,
): Promise<{ readonly key: SigningKey; readonly person: RosterKey['person'] }> {
  const key = unlockKey(await readText(path), await askPassphrase(path), path);
  const found = keys.find((known) => known.keyId === key.keyId);
  if (found === undefined)
    throw refused(`${path}: the key is not on the workspace's roster; name one that is`);
  const { person } = found;
  if (person.organisation !== 'us')
    throw refused(`${path}: ${person.name} is of the ${person.organisation} team; name a key of the US team`);
  const because = unusableBecause(found, new Date().toISOString());
  if (because !== null)
    throw refused(`${path}: ${person.name} cannot use this key: ${because}; name another`);
  return { key, person };
}
