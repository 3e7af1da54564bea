import { nodeHash, rootOf, splitOf, type Hash } from './merkle.ts';

type Leaves = readonly Uint8Array[];

/** Leaves of a tree from `from` to before `until`. */
export interface LeafRange {
  readonly from: number;
  readonly until: number;
}

/** RFC 6962 §2.1.1: the leaves under each hash on the audit path of leaf `index` in a tree of `size`, lowest sibling first. */
export function pathRanges(index: number, size: number): LeafRange[] {
  if (!Number.isInteger(index) || index < 0 || index >= size) {
    throw new RangeError(`leaf ${index} of a tree of ${size}`);
  }
  const ranges: LeafRange[] = [];
  for (let [from, until] = [0, size]; until - from > 1;) {
    const split = from + splitOf(until - from);
    ranges.push(index < split ? { from: split, until } : { from, until: split });
    [from, until] = index < split ? [from, split] : [split, until];
  }
  return ranges.toReversed();
}

/** RFC 6962 §2.1.1: the audit path of leaf `index` in the tree over `leaves`, lowest sibling first. */
export const inclusionProof = (hash: Hash, leaves: Leaves, index: number): Uint8Array[] =>
  pathRanges(index, leaves.length).map(({ from, until }) => rootOf(hash, leaves.slice(from, until)));

/** RFC 6962 §2.1.2: that the tree over the first `size` leaves is a beginning of the tree over all. */
export function consistencyProof(hash: Hash, leaves: Leaves, size: number): Uint8Array[] {
  if (!Number.isInteger(size) || size < 1 || size > leaves.length) {
    throw new RangeError(`the first ${size} leaves of a tree of ${leaves.length}`);
  }
  return subproof(hash, leaves, size, true);
}

function subproof(hash: Hash, leaves: Leaves, size: number, whole: boolean): Uint8Array[] {
  if (size === leaves.length) return whole ? [] : [rootOf(hash, leaves)];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return size <= split
    ? [...subproof(hash, left, size, whole), rootOf(hash, right)]
    : [...subproof(hash, right, size - split, false), rootOf(hash, left)];
}

/** RFC 9162 §2.1.3.2: whether `proof` leads from a leaf hash at `index` to the root of a tree of `size` leaves. */
export function verifyInclusion(
  hash: Hash,
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: Leaves,
  root: Uint8Array,
): boolean {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return false;
  let [position, last, computed] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      computed = nodeHash(hash, sibling, computed);
      while (position % 2 === 0 && position !== 0) [position, last] = [half(position), half(last)];
    } else {
      computed = nodeHash(hash, computed, sibling);
    }
    [position, last] = [half(position), half(last)];
  }
  return last === 0 && equal(computed, root);
}

/** RFC 9162 §2.1.4.2: whether `proof` shows the tree of `size1` leaves to be a beginning of the tree of `size2`. */
export function verifyConsistency(
  hash: Hash,
  size1: number,
  root1: Uint8Array,
  size2: number,
  root2: Uint8Array,
  proof: Leaves,
): boolean {
  if (!Number.isSafeInteger(size1) || !Number.isSafeInteger(size2) || size1 < 1 || size1 > size2)
    return false;
  if (size1 === size2) return proof.length === 0 && equal(root1, root2);
  const [first, ...rest] = isPowerOfTwo(size1) ? [root1, ...proof] : proof;
  if (first === undefined) return false;
  let [position, last] = [size1 - 1, size2 - 1];
  while (position % 2 === 1) [position, last] = [half(position), half(last)];
  let [old, now] = [first, first];
  for (const node of rest) {
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      old = nodeHash(hash, node, old);
      now = nodeHash(hash, node, now);
      while (position % 2 === 0 && position !== 0) [position, last] = [half(position), half(last)];
    } else {
      now = nodeHash(hash, now, node);
    }
    [position, last] = [half(position), half(last)];
  }
  return last === 0 && equal(old, root1) && equal(now, root2);
}

const half = (value: number): number => Math.floor(value / 2);

function isPowerOfTwo(value: number): boolean {
  let rest = value;
  while (rest % 2 === 0) rest /= 2;
  return rest === 1;
}

const equal = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);
