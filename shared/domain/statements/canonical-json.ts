import canonicalize from 'canonicalize';

/**
 * RFC 8785 canonical JSON: the one text of a JSON value, whose UTF-8 bytes are hashed and signed.
 * Throws on what JSON cannot say (undefined, NaN, infinity, lone surrogates).
 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('canonical JSON of a value that is not JSON');
  return text;
}
