import { createPublicKey } from 'node:crypto';
import type { PublicKeyTexts } from '../../../shared/contract/roster.ts';
import { keyIdOf, rawPublicKey } from '../signoff/ed25519.ts';

/**
 * An Ed25519 public key (SPKI PEM) as PEM, as an OpenSSH line (RFC 8709) and as a minisign public key file. A minisign
 * key needs an id of 8 bytes, which is free: it is the beginning of the keyid. `comment` is whose it is.
 */
export function publicKeyTexts(publicKey: string, comment: string): PublicKeyTexts {
  const raw = rawPublicKey(createPublicKey(publicKey));
  const type = Buffer.from('ssh-ed25519');
  const blob = Buffer.concat([sized(type), sized(raw)]);
  const id = Buffer.from(keyIdOf(publicKey).slice(0, 16), 'hex');
  const shownId = Buffer.from(id.toReversed()).toString('hex').toUpperCase();
  const minisign = Buffer.concat([Buffer.from('Ed'), id, raw]).toString('base64');
  return {
    pem: publicKey,
    openssh: `ssh-ed25519 ${blob.toString('base64')} ${comment.replaceAll(/\s+/g, '.')}\n`,
    minisign: `untrusted comment: minisign public key ${shownId}\n${minisign}\n`,
  };
}

function sized(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
