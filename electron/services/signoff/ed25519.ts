import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { sha256Hex } from './digest.ts';

const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const P = 2n ** 255n - 19n;
/** The y coordinates of the eight points of small order. */
const SMALL_ORDER = new Set([
  0n,
  1n,
  P - 1n,
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
  0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
]);

/** The public half as SPKI PEM, as rosters hold it. */
export const publicKeyPem = (key: KeyObject): string =>
  publicHalf(key).export({ type: 'spki', format: 'pem' }).toString();

/** keyid: lowercase hex SHA-256 of the SPKI DER. */
export const keyIdOf = (publicKey: string): string =>
  sha256Hex(createPublicKey(publicKey).export({ type: 'spki', format: 'der' }));

/** The 32 bytes of the public half, as RFC 8032 encodes it. */
export const rawPublicKey = (key: KeyObject): Buffer =>
  publicHalf(key).export({ type: 'spki', format: 'der' }).subarray(SPKI_PREFIX.length);

export const publicKeyFromRaw = (raw: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.concat([SPKI_PREFIX, raw]), format: 'der', type: 'spki' });

/**
 * Strict Ed25519: RFC 8032, and public keys and R of small order or in a non-canonical spelling are refused, so that
 * no two verifiers differ on a signature.
 */
export function verifyEd25519(publicKey: KeyObject, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.asymmetricKeyType !== 'ed25519' || signature.length !== 64) return false;
  if (!isSoundKey(publicKey) || !isSoundPoint(signature.subarray(0, 32))) return false;
  return verify(null, message, publicKey, signature);
}

/** Keys that were looked at already: a log's heads are many, and all under one. */
const looked = new WeakMap<KeyObject, boolean>();

function isSoundKey(key: KeyObject): boolean {
  const known = looked.get(key);
  if (known !== undefined) return known;
  const sound = isSoundPoint(rawPublicKey(key));
  looked.set(key, sound);
  return sound;
}

function isSoundPoint(encoded: Uint8Array): boolean {
  const y = BigInt(`0x${Buffer.from(encoded.toReversed()).toString('hex')}`) & (2n ** 255n - 1n);
  return y < P && !SMALL_ORDER.has(y);
}

const publicHalf = (key: KeyObject): KeyObject => (key.type === 'public' ? key : createPublicKey(key));
