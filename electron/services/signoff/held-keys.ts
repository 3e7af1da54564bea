import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { notFound, refused } from '../../../shared/domain/error.ts';
import type { RosterKey } from '../../../shared/domain/roster/keyring.ts';
import { workspacePaths } from '../../database/workspace/open.ts';
import { unlockKey, type SigningKey } from './key-file.ts';

/** Where a workspace keeps the encrypted private half of a key. */
export const keyPath = (folder: string, { keyId }: Pick<RosterKey, 'keyId'>): string =>
  join(workspacePaths(folder).keys, `${keyId}.pem`);

/** Opens a key of the roster that this workspace holds, for as long as it takes to sign. */
export function openHeldKey(folder: string, key: RosterKey, passphrase: string): SigningKey {
  const path = keyPath(folder, key);
  if (!existsSync(path))
    throw notFound(`${path} is missing, so ${key.person.name} cannot sign here; put the key there`);
  const signing = unlockKey(readFileSync(path, 'utf8'), passphrase, `the key of ${key.person.name}`);
  if (signing.keyId !== key.keyId)
    throw refused(`${path} holds another key than its name says; put the right key there`);
  return signing;
}
