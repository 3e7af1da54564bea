import { expect, test } from 'vitest';
import {
  keyRefusedBecause,
  keysOf,
  macroKeyRefusedBecause,
  withKeysInForce,
} from '../../../renderer/features/review/desk/commands.ts';
import { movedBy } from '../../../renderer/features/review/desk/moved-by.ts';
import { formToAdd, itemRuling, policyLacking } from '../../../renderer/features/review/desk/ruling.ts';
import { seenStills } from '../../../renderer/features/review/desk/uncovered.ts';
import type { ItemRuling } from '../../../shared/domain/review/decision.ts';
import type { Policy, PolicyLibrary } from '../../../shared/domain/review/policy-library.ts';
import type { Macro } from '../../../shared/domain/review/macro.ts';
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

test('seen are the stills that were uncovered, or all where nothing covers them, and a ruling names them', () => {
  const items = ['7', '8', '9'].map((itemId) =>
    Object.assign({}, item, { itemId, hasStill: itemId !== '9' }),
  );
  const side = (places: string[]) => ({ name: '', arithmetic: null, places });
  const task = { items, sides: [side(['9', '8']), side(['8', '7'])] };
  const seen = (revealed: string[], blur: boolean, grey = false) =>
    seenStills(task, new Set(revealed), { blur, grey });
  expect(seen(['7', '9', 'of another feed'], true)).toEqual(['7']);
  expect(seen([], true)).toEqual([]);
  expect(seen([], false, true)).toEqual([]);
  expect(seen([], false)).toEqual(['8', '7']);
  const form = { policy: null, reason: null, severity: null, note: '' };
  const ruled = (itemId: string) =>
    itemRuling(itemId, ['fine'], { policy: undefined, form, uncovered: ['8'] });
  expect(ruled('8')).toMatchObject({ revealed: true, uncovered: ['8'] });
  expect(ruled('7')).toMatchObject({ revealed: false, uncovered: ['8'] });
});

test('nothing is decided under a policy that the campaign lacks, and it is said which', () => {
  const spam: Policy = {
    ...{ id: 'spam', title: 'Spam', text: 'No spam.', severity: 2, reason_required: false },
    ...{ examples: [{ text: 'A scam', violates: true }], reasons: [{ code: 'fraud', title: 'Fraud' }] },
    ...{ actions: ['demote', 'escalate'], dsa_category: 'STATEMENT_CATEGORY_SCAMS_AND_FRAUD' },
    us: { ground: 'terms', reference: '1' },
  };
  const library: PolicyLibrary = {
    ...{ format: 'stateside-policy-library', version: 'us-7', title: 'Ours', jurisdiction: 'US' },
    policies: [spam],
  };
  const lacking = (actions: ItemRuling['actions'], policy: string | null) =>
    policyLacking(actions, { policy, reason: null, severity: null, note: '' }, library);
  expect(lacking(['escalate'], 'gone')).toBe(
    'Not saved: the policies of this campaign, version us-7, have no “gone”. Choose one they have, then rule again.',
  );
  expect([lacking(['escalate'], 'spam'), lacking(['escalate'], null), lacking(['fine'], 'gone')]).toEqual([
    null,
    null,
    null,
  ]);
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

test('of two kept decisions under one key the person’s own is given, and none under a key of a command', () => {
  const macro = (id: string, key: string | null, shared: boolean): Macro => ({
    ...{ id, key, shared, name: id },
    ruling: { actions: ['fine'], policy: null, reason: null, severity: null, note: '' },
  });
  const kept = [
    macro('team', 'f', true),
    macro('own', 'f', false),
    macro('rebound', 'd', true),
    macro('window', 'g', true),
    macro('none', null, false),
    macro('alone', 'x', true),
  ];
  const given = withKeysInForce(kept, keysOf({ demote: 'd' })).map(({ id, key }) => `${id} ${key}`);
  expect(given).toEqual(['team null', 'own f', 'rebound null', 'window null', 'none null', 'alone x']);
});

test('one action more keeps the policy, the reason, the severity and the note that the item was ruled under', () => {
  const panel = { policy: 'spam', reason: 'fraud', severity: 1, note: '' };
  const ruled: ItemRuling = {
    ...{ kind: 'item', itemId: '7', actions: ['remove'], revealed: false },
    ...{ policy: 'hate', reason: 'slur', severity: 3, note: 'twice' },
  };
  expect(formToAdd(ruled, panel)).toEqual({ policy: 'hate', reason: 'slur', severity: 3, note: 'twice' });
  const bare = { ...ruled, actions: ['escalate' as const], policy: null, reason: null, severity: null };
  expect(formToAdd(bare, panel)).toEqual({ ...panel, note: 'twice' });
  expect(formToAdd(undefined, panel)).toBe(panel);
});
