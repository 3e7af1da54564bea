/** Marks are whole numbers below this, so that the sum of 16 of them is exact. */
const HIGH = 2 ** 13;

/**
 * A number below 2⁴⁵ that stands for a request wherever it is met, made from its id alone: two rounds of MurmurHash2's
 * mixing (A. Appleby) over the UTF-16 code units. No secret depends on it.
 */
export function requestMark(requestId: string): number {
  return word(requestId, 0x73746174) * HIGH + (word(requestId, 0x65736964) >>> 19);
}

function word(text: string, seed: number): number {
  let hash = seed ^ text.length;
  for (let at = 0; at < text.length; at += 1) {
    let unit = Math.imul(text.charCodeAt(at), 0x5bd1e995);
    unit = Math.imul(unit ^ (unit >>> 24), 0x5bd1e995);
    hash = Math.imul(hash, 0x5bd1e995) ^ unit;
  }
  hash = Math.imul(hash ^ (hash >>> 13), 0x5bd1e995);
  return (hash ^ (hash >>> 15)) >>> 0;
}
