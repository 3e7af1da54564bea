import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../electron/services/signoff/digest.ts';
import { Frontier, leafHash, rootOf } from '../../../shared/domain/log/merkle.ts';
import {
  consistencyProof,
  inclusionProof,
  verifyConsistency,
  verifyInclusion,
} from '../../../shared/domain/log/proof.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The reference leaves and roots of Certificate Transparency (RFC 6962), for trees of 0 to 8 leaves. */
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((leaf) => leafHash(sha256, Buffer.from(leaf, 'hex')));
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const N96 = '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7';
const N5F = '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e';
const N6B = '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4';
const N6E = '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d';
const NBC = 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b';
const NCA = 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0';
const ND3 = 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7';
const NFA = 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125';
const N0E = '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a';

const leavesOf = (size: number) =>
  Array.from({ length: size }, (_, index) => leafHash(sha256, Buffer.from(`leaf ${index}`)));

describe('the Merkle tree', () => {
  it.each(ROOTS.map((root, size) => [size, root] as const))(
    'of the reference leaves has the published root at size %i',
    (size, root) => {
      expect(hex(rootOf(sha256, LEAVES.slice(0, size)))).toBe(root);
    },
  );

  it('grows one leaf at a time to the same root as when built whole', () => {
    const frontier = new Frontier(sha256);
    for (const [index, leaf] of LEAVES.entries()) {
      frontier.append(leaf);
      expect(hex(frontier.root())).toBe(ROOTS[index + 1]);
    }
    expect(frontier.size).toBe(8);
  });
});

describe('proofs', () => {
  it.each([
    [0, 1, []],
    [0, 2, [N96]],
    [1, 2, [N6E]],
    [2, 3, [NFA]],
    [1, 5, [N6E, N5F, NBC]],
    [0, 8, [N96, N5F, N6B]],
    [5, 8, [NBC, NCA, ND3]],
  ])('of inclusion of leaf %i in %i leaves are the published ones', (index, size, nodes) => {
    expect(inclusionProof(sha256, LEAVES.slice(0, size), index).map(hex)).toEqual(nodes);
  });

  it.each([
    [1, 1, []],
    [1, 8, [N96, N5F, N6B]],
    [2, 5, [N5F, NBC]],
    [6, 8, [N0E, NCA, ND3]],
  ])('of consistency of %i with %i leaves are the published ones', (old, size, nodes) => {
    expect(consistencyProof(sha256, LEAVES.slice(0, size), old).map(hex)).toEqual(nodes);
  });

  const tree = fc.integer({ min: 1, max: 70 }).chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1)));

  it('of inclusion verify for that leaf at that place in that tree, and for nothing else', () => {
    fc.assert(
      fc.property(tree, fc.nat(), ([size, index], salt) => {
        const leaves = leavesOf(size);
        const root = rootOf(sha256, leaves);
        const leaf = leaves[index] ?? root;
        const proof = inclusionProof(sha256, leaves, index);
        expect(verifyInclusion(sha256, leaf, index, size, proof, root)).toBe(true);
        expect(verifyInclusion(sha256, sha256(leaf), index, size, proof, root)).toBe(false);
        expect(verifyInclusion(sha256, leaf, index, size, proof, sha256(root))).toBe(false);
        expect(verifyInclusion(sha256, leaf, index, size, [...proof, leaf], root)).toBe(false);
        expect(verifyInclusion(sha256, leaf, size, size, proof, root)).toBe(false);
        const other = salt % size;
        if (other !== index) expect(verifyInclusion(sha256, leaf, other, size, proof, root)).toBe(false);
        if (proof.length > 0)
          expect(verifyInclusion(sha256, leaf, index, size, proof.slice(1), root)).toBe(false);
      }),
    );
  });

  it('of consistency verify for a tree that only grew, and fail for one that was rewritten', () => {
    fc.assert(
      fc.property(tree, ([size, index]) => {
        const leaves = leavesOf(size);
        const old = index + 1;
        const [root1, root2] = [rootOf(sha256, leaves.slice(0, old)), rootOf(sha256, leaves)];
        const proof = consistencyProof(sha256, leaves, old);
        expect(verifyConsistency(sha256, old, root1, size, root2, proof)).toBe(true);
        const rewritten = leaves.with(0, sha256(Buffer.from('rewritten')));
        expect(
          verifyConsistency(
            sha256,
            old,
            root1,
            size,
            rootOf(sha256, rewritten),
            consistencyProof(sha256, rewritten, old),
          ),
        ).toBe(false);
        expect(verifyConsistency(sha256, old, root1, size, root2, [...proof, root1])).toBe(false);
        expect(verifyConsistency(sha256, size + 1, root1, size, root2, proof)).toBe(false);
        if (proof.length > 0)
          expect(verifyConsistency(sha256, old, root1, size, root2, proof.slice(0, -1))).toBe(false);
      }),
    );
  });

  it('refuse a place outside the tree', () => {
    expect(() => inclusionProof(sha256, LEAVES, 8)).toThrow('leaf 8 of a tree of 8');
    expect(() => consistencyProof(sha256, LEAVES, 0)).toThrow('first 0 leaves');
  });
});
