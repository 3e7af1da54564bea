/** SHA-256 of the concatenation of its arguments, 32 bytes. */
export type Hash = (...parts: readonly Uint8Array[]) => Uint8Array;

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** RFC 6962 §2.1: the hash of a leaf is H(0x00 ‖ leaf). */
export const leafHash = (hash: Hash, leaf: Uint8Array): Uint8Array => hash(LEAF, leaf);

/** RFC 6962 §2.1: the hash of a node is H(0x01 ‖ left ‖ right). */
export const nodeHash = (hash: Hash, left: Uint8Array, right: Uint8Array): Uint8Array =>
  hash(NODE, left, right);

/** The Merkle root over leaf hashes; of no leaves, the hash of nothing. */
export function rootOf(hash: Hash, leaves: readonly Uint8Array[]): Uint8Array {
  const frontier = new Frontier(hash);
  for (const leaf of leaves) frontier.append(leaf);
  return frontier.root();
}

/** The right edge of a growing tree: the roots of its full subtrees, largest first. Appending costs O(log n). */
export class Frontier {
  readonly #hash: Hash;
  readonly #subtrees: { leaves: number; root: Uint8Array }[] = [];
  #size = 0;

  constructor(hash: Hash) {
    this.#hash = hash;
  }

  get size(): number {
    return this.#size;
  }

  /** Adds a leaf by its hash, or a full subtree of `leaves` by its root where the size is a multiple of that. */
  append(root: Uint8Array, leaves = 1): void {
    let joined = { leaves, root };
    let last = this.#subtrees.at(-1);
    while (last?.leaves === joined.leaves) {
      this.#subtrees.pop();
      joined = { leaves: last.leaves * 2, root: nodeHash(this.#hash, last.root, joined.root) };
      last = this.#subtrees.at(-1);
    }
    this.#subtrees.push(joined);
    this.#size += leaves;
  }

  root(): Uint8Array {
    const edge = this.#subtrees.at(-1)?.root ?? this.#hash();
    return this.#subtrees
      .slice(0, -1)
      .reduceRight((right, { root }) => nodeHash(this.#hash, root, right), edge);
  }
}

/** The largest power of two below `size`; `size` is at least 2. */
export function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}
