import { createPublicKey } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelSignature } from '../../../shared/contract/releases.ts';
import { StatesideError } from '../../../shared/domain/error.ts';
import { SIGNATURE_FILE } from '../../../shared/domain/release/files.ts';
import type { Bundle } from './bundle.ts';
import { signedFilesProblem, verifyModel } from './model-signature.ts';

/** A key whose model signatures a workspace trusts: a public key in PEM, named after its file. */
export interface TrustedModelKey {
  readonly name: string;
  readonly publicKey: string;
}

/** The keys in a workspace's `model-keys` folder, one `.pem` each; none where there is no such folder. */
export function trustedModelKeys(folder: string): TrustedModelKey[] {
  const names = (() => {
    try {
      return readdirSync(folder);
    } catch {
      return [];
    }
  })();
  return names
    .filter((name) => name.endsWith('.pem'))
    .toSorted()
    .map((name) => ({
      name: name.slice(0, -'.pem'.length),
      publicKey: createPublicKey(readFileSync(join(folder, name)))
        .export({ type: 'spki', format: 'pem' })
        .toString(),
    }));
}

/**
 * Who signed a bundle's bytes, by the keys a workspace trusts. Throws failed_check for a `model.sig` that is no model
 * signature or is about other files: such a bundle is not imported.
 */
export async function modelSignatureOf(
  { root, files, manifest }: Bundle,
  trusted: readonly TrustedModelKey[],
): Promise<ModelSignature> {
  if (!files.some(({ path }) => path === SIGNATURE_FILE)) return { status: 'not signed', key: null };
  const name = `${manifest.name} ${manifest.version}`;
  const text = await readFile(join(root, SIGNATURE_FILE), 'utf8');
  const problem = signedFilesProblem(text, files);
  if (problem !== null)
    throw new StatesideError(
      'failed_check',
      `${name}/${SIGNATURE_FILE} ${problem}; get the release from its signer again`,
    );
  const signer = trusted.find(({ publicKey }) => {
    try {
      verifyModel(name, text, files, publicKey);
      return true;
    } catch (error) {
      if (error instanceof StatesideError) return false;
      throw error;
    }
  });
  return signer === undefined
    ? { status: 'signed by an unknown key', key: null }
    : { status: 'signed by a trusted key', key: signer.name };
}
