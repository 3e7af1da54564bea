import { DsseEnvelope, IN_TOTO_PAYLOAD } from '../../../../shared/domain/statements/dsse.ts';
import type { JsonValue } from '../../../../shared/domain/statements/strict-json.ts';
import { keyIdOf, publicKeyFromRaw, publicKeyPem } from '../ed25519.ts';
import { readPayload, signerOf } from '../envelope.ts';
import { readJson } from './read-json.ts';

/** The payload of an envelope that the log's key (a C2SP verifier key) signed; null for any other. */
export function signedByLog(text: string, logKey: string): JsonValue {
  const envelope = DsseEnvelope.safeParse(readJson(text));
  const raw = Buffer.from(logKey.split('+').slice(2).join('+'), 'base64').subarray(1);
  const [signature, ...others] = envelope.data?.signatures ?? [];
  if (!envelope.success || signature === undefined || others.length > 0 || raw.length !== 32) return null;
  if (envelope.data.payloadType !== IN_TOTO_PAYLOAD) return null;
  const publicKey = publicKeyPem(publicKeyFromRaw(raw));
  if (signerOf(envelope.data, signature, [{ keyId: keyIdOf(publicKey), publicKey }]) === null) return null;
  const payload = readPayload(envelope.data);
  return 'value' in payload ? payload.value : null;
}
