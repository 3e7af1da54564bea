import { expect, test } from 'vitest';
import {
  keyRefusedBecause,
  keysOf,
  macroKeyRefusedBecause,
} from '../../../renderer/features/review/desk/commands.ts';
import { movedBy } from '../../../renderer/features/review/desk/moved-by.ts';
import type { FeedItem, ItemArithmetic } from '../../../shared/contract/replay.ts';

const score: ItemArithmetic = {
  ...{ itemId: '7', position: 1, rank: 1, removedBy: null, baseScore: 3, finalScore: 1.2, beats: null },
  heads: [
    { name: 'like', output: 0.5, value: 0.5, weight: 2, contribution: 1 },
    { name: 'hate', output: 0.1, value: 0.1, weight: -74, contribution: -7.4 },
  ],
  multipliers: [
    { name: 'out_of_network', factor: 0.75, before: 3, after: 2.25 },
    { name: 'fresh', factor: 1, before: 2.25, after: 2.25 },
  ],
  diversity: { name: 'diversity', factor: 0.5333, before: 2.25, after: 1.2 },
};
const item: FeedItem = {
  ...{
    itemId: '7',
    ordinal: 0,
    caption: '',
    authorId: null,
    category: null,
    language: null,
    durationMs: null,
  },
  ...{ uploadedAt: null, inNetwork: true, loggedPosition: 12, hasStill: false, labels: [], feedback: [] },
  attributes: {},
};

test('a card says which head counts most, what multiplied the score, and where the log had the item', () => {
  expect(movedBy(score, item)).toBe(
    'hate −7.40 · out_of_network × 0.75 · diversity × 0.533 · #12 in the log',
  );
});

test('a card of a hidden ranker says nothing of it', () => {
  expect(movedBy(undefined, { ...item, loggedPosition: null })).toBe('');
});

test('a kept decision takes no key of the window, of the desk, or of another kept decision', () => {
  const keys = keysOf({ demote: 'd' });
  const refused = (key: string | null) => macroKeyRefusedBecause(key, keys, [{ key: 'f' }]);
  expect(refused('g')).toBe('g has a meaning in the whole window.');
  expect(refused('d')).toBe('d is “Demote the item; move on” already.');
  expect(refused('f')).toBe('f is a kept decision’s key already.');
  expect([refused('2'), refused(null), refused('')]).toEqual([null, null, null]);
  expect(keyRefusedBecause('fine', 'h', keys, [])).toBe('h is “Hold the feed, or hand it over” already.');
});
