import { createPublicKey } from 'node:crypto';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import {
  preAuthenticationEncoding,
  type DsseEnvelope,
  type DsseSignature,
} from '../../../shared/domain/statements/dsse.ts';
import { parseStrictJson, type JsonValue } from '../../../shared/domain/statements/strict-json.ts';
import { decodeBase64, decodeUtf8 } from './base64.ts';
import { verifyEd25519 } from './ed25519.ts';
import type { SigningKey } from './key-file.ts';

/** One signature over a payload. */
export function signPayload(payloadType: string, payload: string, key: SigningKey): DsseSignature {
  const signature = key.sign(preAuthenticationEncoding(payloadType, Buffer.from(payload)));
  return { keyid: key.keyId, sig: signature.toString('base64') };
}

/** The DSSE envelope of a value's canonical JSON, signed with every key. */
export function signEnvelope(payloadType: string, value: unknown, keys: readonly SigningKey[]): DsseEnvelope {
  const payload = canonicalJson(value);
  return {
    payloadType,
    payload: Buffer.from(payload).toString('base64'),
    signatures: bySigner(keys.map((key) => signPayload(payloadType, payload, key))),
  };
}

export const bySigner = (signatures: readonly DsseSignature[]): DsseSignature[] =>
  signatures.toSorted((a, b) => compare(a.keyid, b.keyid) || compare(a.sig, b.sig));

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Which of the given public keys made a signature; null when none did. The signature's keyid must be that key's. */
export function signerOf<Key extends { readonly keyId: string; readonly publicKey: string }>(
  envelope: Pick<DsseEnvelope, 'payloadType' | 'payload'>,
  signature: DsseSignature,
  keys: readonly Key[],
): Key | null {
  const payload = decodeBase64(envelope.payload);
  const bytes = decodeBase64(signature.sig);
  if (payload === null || bytes === null) return null;
  const message = preAuthenticationEncoding(envelope.payloadType, payload);
  const signer = keys.find(({ publicKey }) => verifyEd25519(createPublicKey(publicKey), message, bytes));
  return signer?.keyId === signature.keyid ? signer : null;
}

/** An envelope's payload: its text, and its value when the text is the canonical JSON of that value. */
export type Payload = { readonly text: string; readonly value: JsonValue } | { readonly problem: string };

export function readPayload(envelope: DsseEnvelope): Payload {
  const bytes = decodeBase64(envelope.payload);
  if (bytes === null) return { problem: 'the payload is not canonical base64' };
  const text = decodeUtf8(bytes);
  if (text === null) return { problem: 'the payload is not UTF-8' };
  try {
    const value = parseStrictJson(text);
    return canonicalJson(value) === text
      ? { text, value }
      : { problem: 'the payload is not in canonical form (RFC 8785)' };
  } catch (error) {
    if (error instanceof SyntaxError) return { problem: `the payload is not strict JSON: ${error.message}` };
    throw error;
  }
}
