import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { badInput } from '../../../shared/domain/error.ts';
import { formatCheckpoint, parseCheckpoint, type Checkpoint } from '../../../shared/domain/log/checkpoint.ts';
import { formatNote, parseNote } from '../../../shared/domain/log/signed-note.ts';
import { decodeBase64 } from '../signoff/base64.ts';
import { sha256 } from '../signoff/digest.ts';
import { publicKeyFromRaw, rawPublicKey, verifyEd25519 } from '../signoff/ed25519.ts';
import { signingKey, type SigningKey } from '../signoff/key-file.ts';

const ED25519 = Uint8Array.of(0x01);

/** Signs heads of one log. */
export interface CheckpointSigner {
  /** The log's identity, and the name of its key. */
  readonly origin: string;
  /** The public half as a C2SP verifier key: `<name>+<key id>+<base64 of type and key>`. */
  readonly key: string;
  /** The key itself; what it signs outside notes begins otherwise than a note, so the two are never confused. */
  readonly signing: SigningKey;
  /** The head as a signed note. */
  sign(head: Omit<Checkpoint, 'origin'>): string;
}

/** The signer whose private key lies in `path` (PKCS#8 PEM); the origin follows from the key. */
export function openCheckpointSigner(path: string): CheckpointSigner {
  const key = (() => {
    try {
      return createPrivateKey(readFileSync(path));
    } catch {
      throw badInput(
        `${path} is not a readable private key, so the audit log cannot be continued; restore it from a backup`,
      );
    }
  })();
  if (key.asymmetricKeyType !== 'ed25519')
    throw badInput(`${path} is not an Ed25519 key; restore it from a backup`);
  const raw = rawPublicKey(key);
  const origin = `stateside/log/${Buffer.from(sha256(raw)).toString('hex', 0, 8)}`;
  const id = noteKeyId(origin, raw);
  const signing = signingKey(key);
  return {
    origin,
    signing,
    key: `${origin}+${id.toString('hex')}+${Buffer.concat([ED25519, raw]).toString('base64')}`,
    sign: (head) => {
      const text = formatCheckpoint({ origin, ...head });
      const signature = Buffer.concat([id, signing.sign(Buffer.from(text))]).toString('base64');
      return formatNote({ text, signatures: [{ name: origin, signature }] });
    },
  };
}

/** C2SP signed-note: SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key)[:4]. */
const noteKeyId = (name: string, raw: Uint8Array): Buffer =>
  Buffer.from(sha256(Buffer.from(`${name}\n`), ED25519, raw)).subarray(0, 4);

/** Verifies notes under one key. */
export interface NoteVerifier {
  /** The text of a note signed by the key; null when it is not, or is malformed. */
  text(note: string): string | null;
  /** The head a note states, when the key signed it and the origin is the key's name. */
  head(note: string): Checkpoint | null;
}

/** A verifier for `key` (a C2SP verifier key), read once for any number of notes; takes nothing when the key is malformed. */
export function noteVerifier(key: string): NoteVerifier {
  const signs = signerOf(key);
  const text = (note: string): string | null => {
    const parsed = signs === null ? null : parseNote(note);
    if (signs === null || parsed === null) return null;
    const { name, id, publicKey } = signs;
    const ours = parsed.signatures.flatMap(({ name: signer, signature }) => {
      const bytes = signer === name ? decodeBase64(signature) : null;
      return bytes?.subarray(0, 4).equals(id) === true ? [bytes.subarray(4)] : [];
    });
    const good =
      ours.length > 0 && ours.every((bytes) => verifyEd25519(publicKey, Buffer.from(parsed.text), bytes));
    return good ? parsed.text : null;
  };
  return {
    text,
    head(note) {
      const signed = text(note);
      const head = signed === null ? null : parseCheckpoint(signed);
      return head !== null && key.startsWith(`${head.origin}+`) ? head : null;
    },
  };
}

function signerOf(key: string): { name: string; id: Buffer; publicKey: KeyObject } | null {
  const [, name, hexId, encoded] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(key) ?? [];
  const typed = encoded === undefined ? null : decodeBase64(encoded);
  if (name === undefined || typed?.length !== 33 || typed[0] !== ED25519[0]) return null;
  const raw = typed.subarray(1);
  const id = noteKeyId(name, raw);
  return id.toString('hex') === hexId ? { name, id, publicKey: publicKeyFromRaw(raw) } : null;
}

/** The text of a note signed by `key`, as `noteVerifier` reads it. */
export const verifyNote = (note: string, key: string): string | null => noteVerifier(key).text(note);

/** The head a signed note states under `key`, as `noteVerifier` reads it. */
export const verifyCheckpointNote = (note: string, key: string): Checkpoint | null =>
  noteVerifier(key).head(note);
