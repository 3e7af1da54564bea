import { z } from 'zod';

export const IN_TOTO_PAYLOAD = 'application/vnd.in-toto+json';

const Base64 = z.base64({ error: 'must be standard base64 with its padding; correct it' });

export const DsseSignature = z.object({ keyid: z.string(), sig: Base64 });
export type DsseSignature = z.infer<typeof DsseSignature>;

/**
 * A DSSE v1 envelope. `payload` and `sig` are standard base64. Other members are ignored, as DSSE asks;
 * `keyid` is only a hint for which key to try and is never trusted.
 */
export const DsseEnvelope = z.object({
  payloadType: z.string(),
  payload: Base64,
  signatures: z.array(DsseSignature),
});
export type DsseEnvelope = z.infer<typeof DsseEnvelope>;

/** The bytes a DSSE v1 signature covers: "DSSEv1" SP len(type) SP type SP len(payload) SP payload. `payloadType` is ASCII. */
export function preAuthenticationEncoding(payloadType: string, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = `DSSEv1 ${payloadType.length} ${payloadType} ${payload.length} `;
  const bytes = new Uint8Array(head.length + payload.length);
  for (let index = 0; index < head.length; index += 1) {
    const code = head.charCodeAt(index);
    if (code > 0x7e) throw new RangeError('a DSSE payload type outside ASCII');
    bytes[index] = code;
  }
  bytes.set(payload, head.length);
  return bytes;
}
