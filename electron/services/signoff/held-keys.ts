import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { notFound, refused } from '../../../shared/domain/error.ts';
import { Sha256 } from '../../../shared/domain/release/manifest.ts';
import type { RosterKey } from '../../../shared/domain/roster/keyring.ts';
import { workspacePaths } from '../../database/workspace/open.ts';
import { readAs, readStrictJson } from './document.ts';
import { unlockKey, type SigningKey } from './key-file.ts';
import type { KeyStore } from './key-store.ts';
import { writeNewFile } from './new-file.ts';

type Named = Pick<RosterKey, 'keyId'>;

/** Where a workspace keeps the encrypted private half of a key. */
export const keyPath = (folder: string, { keyId }: Named): string =>
  join(workspacePaths(folder).keys, `${keyId}.pem`);

/** Where it lies instead once the operating system's key store seals it. */
export const sealedKeyPath = (folder: string, { keyId }: Named): string =>
  join(workspacePaths(folder).keys, `${keyId}.sealed.json`);

export const isKeySealed = (folder: string, key: Named): boolean =>
  !existsSync(keyPath(folder, key)) && existsSync(sealedKeyPath(folder, key));

/** Whether a workspace holds the private half of a key, sealed or not. */
export const holdsKey = (folder: string, key: Named): boolean =>
  existsSync(keyPath(folder, key)) || existsSync(sealedKeyPath(folder, key));

const Sealed = z.strictObject({
  format: z.literal('stateside-sealed-key'),
  version: z.literal(1),
  keyId: Sha256,
  /** Name of the key store. */
  store: z.string(),
  /** The PEM under its passphrase, as the store sealed it; base64. */
  sealed: z.base64(),
});

/** The private half of a key as it rests under its passphrase (PEM); throws not_found where it is not here. */
export async function readHeldKey(folder: string, key: Named, keyStore: KeyStore): Promise<string> {
  const [plain, sealed] = [keyPath(folder, key), sealedKeyPath(folder, key)];
  if (existsSync(plain)) return readFile(plain, 'utf8');
  if (!existsSync(sealed))
    throw notFound(`this workspace does not hold the key ${key.keyId}; restore it from a backup`);
  const text = await readFile(sealed, 'utf8');
  const stored = readAs(sealed, 'sealed key', Sealed, readStrictJson(sealed, text));
  return keyStore.unseal(stored.sealed);
}

/** Seals a key in the operating system's key store; a copied file alone is then worth nothing. Its passphrase stays. */
export async function sealHeldKey(folder: string, key: Named, keyStore: KeyStore): Promise<void> {
  const { name, missingBecause } = await keyStore.describe();
  if (name === null) throw refused(`${missingBecause}, so the key is protected by its passphrase alone`);
  const path = keyPath(folder, key);
  if (isKeySealed(folder, key)) return;
  const pem = await readHeldKey(folder, key, keyStore);
  const sealed = await keyStore.seal(pem);
  if ((await keyStore.unseal(sealed)) !== pem)
    throw refused(`${name} does not give back what it sealed, so the key stays as it was`);
  const stored = { format: 'stateside-sealed-key', version: 1, keyId: key.keyId, store: name, sealed };
  await rm(sealedKeyPath(folder, key), { force: true });
  await writeNewFile(sealedKeyPath(folder, key), `${JSON.stringify(stored, undefined, 2)}\n`);
  await rm(path);
}

/** Puts a sealed key back under its passphrase alone. */
export async function unsealHeldKey(folder: string, key: Named, keyStore: KeyStore): Promise<void> {
  if (!isKeySealed(folder, key)) return;
  await writeNewFile(keyPath(folder, key), await readHeldKey(folder, key, keyStore));
  await rm(sealedKeyPath(folder, key));
}

/** Opens a key of the roster that this workspace holds, for as long as it takes to sign. */
export async function openHeldKey(
  folder: string,
  key: RosterKey,
  passphrase: string,
  keyStore: KeyStore,
): Promise<SigningKey> {
  const { name } = key.person;
  if (!holdsKey(folder, key))
    throw notFound(`${keyPath(folder, key)} is missing, so ${name} cannot sign here; put the key there`);
  const pem = await readHeldKey(folder, key, keyStore);
  const signing = unlockKey(pem, passphrase, `the key of ${name}`);
  if (signing.keyId !== key.keyId)
    throw refused(`${keyPath(folder, key)} holds another key than its name says; put the right key there`);
  return signing;
}
