import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HarmTally } from '../../../shared/domain/review/harms.ts';
import { flatten, parsePolicyLibrary } from '../../../shared/domain/review/policy-library.ts';
import { LIBRARY } from '../../fixtures/review/campaign.ts';

const { policies } = parsePolicyLibrary(LIBRARY.text, LIBRARY.fileName);

type Said = readonly [policy: string, itemId: string, feed: number];

function tallied(said: readonly Said[]) {
  const tally = new HarmTally();
  for (const [policy, itemId, feed] of said) tally.add(policy, itemId, feed);
  return tally.result(policies);
}

test('a policy holds what names those below it, each item and feed once, and says what is its own', () => {
  const { harms, harmed } = tallied([
    ['spam', '9', 5],
    ['graphic_violence', '1', 2],
    ['incitement', '1', 0],
    ['incitement', '2', 2],
    ['violence', '3', 1],
    ['gone', '1', 0],
  ]);
  expect(harms).toEqual([
    { policy: 'violence', depth: 0, own: 1, items: 3, feeds: [0, 1, 2] },
    { policy: 'incitement', depth: 1, own: 2, items: 2, feeds: [0, 2] },
    { policy: 'graphic_violence', depth: 1, own: 1, items: 1, feeds: [2] },
    { policy: 'gone', depth: 0, own: 1, items: 1, feeds: [0] },
    { policy: 'spam', depth: 0, own: 1, items: 1, feeds: [5] },
  ]);
  expect(harmed).toEqual({ items: 4, feeds: 4 });
});

test('whatever is said in whatever order: the total counts each item once, and nothing is lost below', () => {
  const ids = [...flatten(policies).map(({ policy }) => policy.id), 'gone'];
  const said = fc.array(fc.tuple(fc.constantFrom(...ids), fc.constantFrom('1', '2', '3', '4'), fc.nat(5)));
  fc.assert(
    fc.property(said, (said) => {
      const { harms, harmed } = tallied(said);
      expect(tallied(said.toReversed())).toEqual({ harms, harmed });
      expect(harmed.items).toBe(new Set(said.map(([, itemId]) => itemId)).size);
      expect(harmed.feeds).toBe(new Set(said.map(([, , feed]) => feed)).size);
      for (const { policy, own, items } of harms) {
        const named = said.filter(([name]) => name === policy);
        expect(own).toBe(new Set(named.map(([, itemId]) => itemId)).size);
        expect(items).toBeGreaterThanOrEqual(own);
      }
      const told = new Set(harms.map(({ policy }) => policy));
      expect(said.every(([policy]) => told.has(policy))).toBe(true);
    }),
  );
});
