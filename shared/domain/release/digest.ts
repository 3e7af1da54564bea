import canonicalize from 'canonicalize';
import { SIGNATURE_FILE } from './files.ts';

export interface HashedFile {
  /** Relative to the bundle, with `/` between folders. */
  readonly path: string;
  /** Lowercase hex. */
  readonly sha256: string;
}

/**
 * A bundle's identity: the SHA-256 (lowercase hex) of the RFC 8785 canonical JSON `{"<path>": "<sha256>", …}` over
 * every file but `model.sig`, which signs that identity. `sha256` hashes a text's UTF-8 bytes.
 */
export function bundleDigest(files: readonly HashedFile[], sha256: (text: string) => string): string {
  const digests = files
    .filter((file) => file.path !== SIGNATURE_FILE)
    .map((file) => [file.path, file.sha256]);
  return sha256(canonicalize(Object.fromEntries(digests)) ?? '');
}
