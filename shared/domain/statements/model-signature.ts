import { z } from 'zod';
import { Sha256 } from '../release/manifest.ts';
import { STATEMENT_TYPE, statementOf } from './statement.ts';

const MODEL_SIGNATURE_PREDICATE = 'https://model_signing/signature/v1.0';
export const SIGSTORE_BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';
/** What every model signature leaves out, beside the signature file itself. */
const IGNORED = ['.git', '.gitattributes', '.github', '.gitignore'];

/** An OpenSSF Model Signing v1.0 statement: every file of the model with its SHA-256, sorted by code point. */
export const ModelStatement = statementOf(
  MODEL_SIGNATURE_PREDICATE,
  z.object({
    resources: z
      .array(z.object({ name: z.string().min(1), algorithm: z.literal('sha256'), digest: Sha256 }))
      .min(1),
    serialization: z.object({
      method: z.literal('files'),
      hash_type: z.literal('sha256'),
      allow_symlinks: z.literal(false),
      ignore_paths: z.array(z.string()).optional(),
    }),
  }),
);
export type ModelStatement = z.infer<typeof ModelStatement>;

/** A Sigstore bundle v0.3 of the key-based kind. The key it names is a hint and is never trusted. */
export const ModelSignatureBundle = z.object({
  mediaType: z.literal(SIGSTORE_BUNDLE),
  verificationMaterial: z.object({ publicKey: z.object({ hint: z.string().optional() }) }),
  dsseEnvelope: z.object({
    payloadType: z.string(),
    payload: z.base64(),
    signatures: z.array(z.object({ sig: z.base64() })).length(1),
  }),
});

export interface SignedFile {
  readonly path: string;
  readonly sha256: string;
}

/** The statement over a model's files. `digest` hashes the files' digests (hex, in order) as raw bytes, to hex. */
export function modelStatement(
  name: string,
  signature: string,
  files: readonly SignedFile[],
  digest: (hex: string) => string,
): ModelStatement {
  const resources = files
    .map(({ path, sha256 }) => ({ name: path, algorithm: 'sha256' as const, digest: sha256 }))
    .toSorted((a, b) => compareCodePoints(a.name, b.name));
  return {
    _type: STATEMENT_TYPE,
    subject: [{ name, digest: { sha256: digest(resources.map((file) => file.digest).join('')) } }],
    predicateType: MODEL_SIGNATURE_PREDICATE,
    predicate: {
      resources,
      serialization: {
        method: 'files',
        hash_type: 'sha256',
        allow_symlinks: false,
        ignore_paths: [...IGNORED, signature],
      },
    },
  };
}

/** Why a signed statement is not about these files, or null when it lists exactly them. */
export function differsFromFiles(
  { subject, predicate: { resources } }: ModelStatement,
  files: readonly SignedFile[],
  digest: (hex: string) => string,
): string | null {
  const signed = new Map(resources.map((resource) => [resource.name, resource.digest]));
  if (signed.size !== resources.length) return 'lists a file twice';
  for (const { path, sha256 } of files) {
    const found = signed.get(path);
    if (found === undefined) return `does not cover ${path}`;
    if (found !== sha256) return `covers another ${path} than is here`;
    signed.delete(path);
  }
  const [missing] = signed.keys();
  if (missing !== undefined) return `covers ${missing}, which is not here`;
  const root = digest(resources.map((resource) => resource.digest).join(''));
  const names = resources.map(({ name }) => name);
  if (names.some((name, index) => index > 0 && compareCodePoints(names[index - 1] ?? '', name) >= 0))
    return 'does not list its files in order';
  return subject.length === 1 && subject[0]?.digest.sha256 === root
    ? null
    : 'has a subject that does not follow from its files';
}

/** By Unicode code point, which for characters beyond U+FFFF is not the order of UTF-16. */
function compareCodePoints(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const difference = (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
