import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { badInput, refused } from '../../../shared/domain/error.ts';
import { PASSPHRASE_MINIMUM } from '../../../shared/domain/roster/passphrase.ts';
import { keyIdOf, publicKeyPem } from './ed25519.ts';
import { openPkcs8 } from './open-pkcs8.ts';
import { encryptedPkcs8 } from './pkcs8.ts';

/** A private key that was opened with its passphrase, for as long as it takes to sign. */
export interface SigningKey {
  readonly keyId: string;
  /** SPKI PEM. */
  readonly publicKey: string;
  sign(message: Uint8Array): Buffer;
}

/** A fresh key pair: `pem` is the private half under the passphrase, `publicKey` SPKI PEM. */
export function createKey(passphrase: string): { pem: string; publicKey: string; keyId: string } {
  requireLength(passphrase);
  const { privateKey } = generateKeyPairSync('ed25519');
  const publicKey = publicKeyPem(privateKey);
  return { pem: encryptedPkcs8(privateKey, passphrase), publicKey, keyId: keyIdOf(publicKey) };
}

/** The same private key under another passphrase. Throws as `unlockKey` does. */
export function changePassphrase(pem: string, passphrase: string, next: string, name: string): string {
  requireLength(next);
  unlockKey(pem, passphrase, name);
  return encryptedPkcs8(openPkcs8(pem, passphrase), next);
}

function requireLength(passphrase: string): void {
  if (Array.from(passphrase).length < PASSPHRASE_MINIMUM) {
    throw refused(`the passphrase is shorter than ${PASSPHRASE_MINIMUM} characters; choose a longer one`);
  }
}

/**
 * Opens an encrypted PKCS#8 key, ours or OpenSSL's. `name` is what the key is called in an error.
 * Refuses a key that is not encrypted, not Ed25519, or that the passphrase does not open.
 */
export function unlockKey(pem: string, passphrase: string, name = 'the key file'): SigningKey {
  if (!pem.includes('-----BEGIN ENCRYPTED PRIVATE KEY-----')) {
    throw badInput(
      `${name} is not a private key under a passphrase; encrypt it with \`openssl pkcs8 -topk8 -scrypt\``,
    );
  }
  const key = decrypt(pem, passphrase);
  if (key === null) throw refused(`the passphrase does not open ${name}; type it again`);
  if (key.asymmetricKeyType !== 'ed25519') {
    throw badInput(`${name} holds a key of type ${key.asymmetricKeyType}; sign-off takes Ed25519 keys only`);
  }
  return signingKey(key);
}

export function signingKey(key: KeyObject): SigningKey {
  const publicKey = publicKeyPem(key);
  return { keyId: keyIdOf(publicKey), publicKey, sign: (message) => sign(null, message, key) };
}

/** OpenSSL tells a wrong passphrase from a damaged file only by luck of the padding, so both are null. */
function decrypt(pem: string, passphrase: string): KeyObject | null {
  try {
    return openPkcs8(pem, passphrase);
  } catch {
    return null;
  }
}
