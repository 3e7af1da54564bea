import { createDecipheriv, createPrivateKey, scryptSync, type KeyObject } from 'node:crypto';
import { AES_256_CBC, PBES2, SCRYPT } from './pkcs8.ts';

/**
 * Opens a PKCS#8 private key under a passphrase, in PEM; throws when it does not open. Keys under scrypt, as we write
 * them, are read here, because Electron's node:crypto stands on BoringSSL, which does not know them; others by node.
 */
export function openPkcs8(pem: string, passphrase: string): KeyObject {
  const sealed = readScryptKey(pem);
  if (sealed === null) return createPrivateKey({ key: pem, passphrase });
  const { salt, N, r, p, iv, encrypted } = sealed;
  const decipher = createDecipheriv('aes-256-cbc', scryptSync(passphrase, salt, 32, { N, r, p }), iv);
  const der = Buffer.concat([decipher.update(encrypted), decipher.final()]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

interface SealedKey {
  readonly salt: Buffer;
  readonly N: number;
  readonly r: number;
  readonly p: number;
  readonly iv: Buffer;
  readonly encrypted: Buffer;
}

/** The parts of an EncryptedPrivateKeyInfo under PBES2 with scrypt and AES-256-CBC; null for any other scheme. */
function readScryptKey(pem: string): SealedKey | null {
  const base64 = /-----BEGIN ENCRYPTED PRIVATE KEY-----([\s\S]*?)-----END/.exec(pem)?.[1] ?? '';
  const [algorithm, encrypted] = children(children(Buffer.from(base64, 'base64'))[0]);
  const [pbes2, parameters] = children(algorithm);
  const [derivation, cipher] = children(parameters);
  const [scrypt, costs] = children(derivation);
  const [aes, iv] = children(cipher);
  const [salt, N, r, p] = children(costs);
  if (pbes2?.toString('hex') !== content(PBES2) || scrypt?.toString('hex') !== content(SCRYPT)) return null;
  if (aes?.toString('hex') !== content(AES_256_CBC)) return null;
  if (!salt || !N || !r || !p || !iv || !encrypted) return null;
  return { salt, N: integer(N), r: integer(r), p: integer(p), iv, encrypted };
}

/** An object identifier without its tag and length. */
const content = (identifier: string): string => identifier.slice(4);

const integer = (bytes: Buffer): number => Number.parseInt(bytes.toString('hex'), 16);

/** The contents of the DER elements that stand one after another in `bytes`; what is cut off or too long ends them. */
function children(bytes: Buffer | undefined): Buffer[] {
  const found: Buffer[] = [];
  if (bytes === undefined) return found;
  let at = 0;
  while (at + 2 <= bytes.length) {
    const first = bytes[at + 1] ?? 0;
    const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
    if (lengthBytes > 2 || at + 2 + lengthBytes > bytes.length) break;
    const length = lengthBytes === 0 ? first : bytes.readUIntBE(at + 2, lengthBytes);
    const start = at + 2 + lengthBytes;
    if (start + length > bytes.length) break;
    found.push(bytes.subarray(start, start + length));
    at = start + length;
  }
  return found;
}
