import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { badInput, notFound, refused, StatesideError } from '../../../shared/domain/error.ts';
import { SIGNATURE_FILE } from '../../../shared/domain/release/files.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import { IN_TOTO_PAYLOAD, preAuthenticationEncoding } from '../../../shared/domain/statements/dsse.ts';
import {
  differsFromFiles,
  ModelSignatureBundle,
  modelStatement,
  ModelStatement,
  SIGSTORE_BUNDLE,
  type SignedFile,
} from '../../../shared/domain/statements/model-signature.ts';
import { parseStrictJson, type JsonValue } from '../../../shared/domain/statements/strict-json.ts';
import { decodeUtf8 } from '../signoff/base64.ts';
import { sha256Hex } from '../signoff/digest.ts';
import { openPkcs8 } from '../signoff/open-pkcs8.ts';

/** The hash that goes with each curve, as the reference implementation has it. */
const HASH = { prime256v1: 'sha256', secp384r1: 'sha384', secp521r1: 'sha512' } as const;

const rootDigest = (hex: string): string => sha256Hex(Buffer.from(hex, 'hex'));
const signable = (files: readonly SignedFile[]): SignedFile[] =>
  files.filter(({ path }) => path !== SIGNATURE_FILE);

/** How a key is named in a model signature: SHA-256 of its PEM. */
const hintOf = (publicKey: KeyObject): string =>
  sha256Hex(publicKey.export({ type: 'spki', format: 'pem' }).toString());

/** An OpenSSF model signature (key-based) over a bundle's files; `key` is an ECDSA key. Answers the text of `model.sig`. */
export function signModel(name: string, files: readonly SignedFile[], key: KeyObject): string {
  const statement = modelStatement(name, SIGNATURE_FILE, signable(files), rootDigest);
  const payload = Buffer.from(canonicalJson(statement));
  const signature = sign(
    hashFor(key, 'the private key'),
    preAuthenticationEncoding(IN_TOTO_PAYLOAD, payload),
    key,
  );
  return `${JSON.stringify({
    mediaType: SIGSTORE_BUNDLE,
    verificationMaterial: { publicKey: { hint: hintOf(createPublicKey(key)) }, tlogEntries: [] },
    dsseEnvelope: {
      payload: payload.toString('base64'),
      payloadType: IN_TOTO_PAYLOAD,
      signatures: [{ sig: signature.toString('base64'), keyid: '' }],
    },
  })}\n`;
}

/**
 * Holds a bundle's `model.sig` against its files under a public key got from elsewhere (PEM). Throws not_found
 * without a signature, failed_check when the signature is not that key's or is about other files.
 */
export function verifyModel(
  name: string,
  signature: string | null,
  files: readonly SignedFile[],
  publicKey: string,
): ModelStatement {
  if (signature === null)
    throw notFound(`${name} has no ${SIGNATURE_FILE}; have it signed with stateside release sign`);
  const fail = (problem: string): StatesideError =>
    new StatesideError(
      'failed_check',
      `${name}/${SIGNATURE_FILE} ${problem}; get the release from its signer again`,
    );
  const bundle = ModelSignatureBundle.safeParse(json(signature));
  if (!bundle.success) throw fail('is no key-based model signature in a Sigstore bundle v0.3');
  const { payloadType, payload, signatures } = bundle.data.dsseEnvelope;
  const bytes = Buffer.from(payload, 'base64');
  const key = readPublicKey(publicKey);
  const message = preAuthenticationEncoding(IN_TOTO_PAYLOAD, bytes);
  const made = Buffer.from(signatures[0]?.sig ?? '', 'base64');
  if (payloadType !== IN_TOTO_PAYLOAD || !verify(hashFor(key, 'the public key'), message, key, made))
    throw fail('is not signed by the given key');
  const statement = ModelStatement.safeParse(json(decodeUtf8(bytes) ?? ''));
  if (!statement.success) throw fail('holds no OpenSSF model signing statement v1.0');
  const difference = differsFromFiles(statement.data, signable(files), rootDigest);
  if (difference !== null) throw fail(difference);
  return statement.data;
}

/** Why a `model.sig` does not fit a bundle's files, whoever signed it; null when it does. */
export function signedFilesProblem(signature: string, files: readonly SignedFile[]): string | null {
  const bundle = ModelSignatureBundle.safeParse(json(signature));
  if (!bundle.success) return 'is no key-based model signature in a Sigstore bundle v0.3';
  const bytes = Buffer.from(bundle.data.dsseEnvelope.payload, 'base64');
  const statement = ModelStatement.safeParse(json(decodeUtf8(bytes) ?? ''));
  if (!statement.success) return 'holds no OpenSSF model signing statement v1.0';
  return differsFromFiles(statement.data, signable(files), rootDigest);
}

/** Opens a private key for `signModel`: PKCS#8 in PEM under a passphrase. `name` is what it is called in an error. */
export function openModelKey(pem: string, passphrase: string, name: string): KeyObject {
  if (!pem.includes('-----BEGIN ENCRYPTED PRIVATE KEY-----'))
    throw badInput(
      `${name} is not a private key under a passphrase; encrypt it with \`openssl pkcs8 -topk8 -scrypt\``,
    );
  try {
    return openPkcs8(pem, passphrase);
  } catch {
    throw refused(`the passphrase does not open ${name}; type it again`);
  }
}

function hashFor(key: KeyObject, what: string): string {
  const curve = key.asymmetricKeyDetails?.namedCurve;
  const found = Object.entries(HASH).find(([name]) => name === curve);
  if (key.asymmetricKeyType !== 'ec' || found === undefined)
    throw badInput(
      `${what} is no ECDSA key on P-256, P-384 or P-521, which model signatures need; give another`,
    );
  return found[1];
}

function readPublicKey(pem: string): KeyObject {
  try {
    return createPublicKey(pem);
  } catch {
    throw badInput('the model key is no public key in PEM; give the signer’s');
  }
}

function json(text: string): JsonValue {
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
