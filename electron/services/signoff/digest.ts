import { hash } from 'node:crypto';
import type { Hash } from '../../../shared/domain/log/merkle.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';

const node = Buffer.alloc(65);

/**
 * SHA-256 of the concatenated parts; one call into OpenSSL, and no copy for a Merkle tree's nodes, which are many. Their
 * digests come out as text, because a buffer made outside costs three times the hashing.
 */
export const sha256: Hash = (...parts) => {
  const [first, left, right] = parts;
  if (parts.length !== 3 || first?.length !== 1 || left?.length !== 32 || right?.length !== 32)
    return hash('sha256', Buffer.concat(parts), 'buffer');
  node.set(first);
  node.set(left, 1);
  node.set(right, 33);
  return Buffer.from(hash('sha256', node, 'binary'), 'binary');
};

/** Lowercase hex SHA-256. */
export const sha256Hex = (bytes: Uint8Array | string): string => hash('sha256', bytes, 'hex');

/** The digest by which a value is named in statements: SHA-256 of its canonical JSON. */
export const canonicalDigest = (value: unknown): string => sha256Hex(canonicalJson(value));
