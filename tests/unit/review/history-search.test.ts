import { expect, test } from 'vitest';
import { filterOf, HistorySearch, searchOf } from '../../../renderer/features/review/history/search.ts';

const full = {
  ...{ q: 'dog park', campaign: 'c', feed: 3, request: '17', person: 'sam.okafor', item: '42' },
  ...{ author: '7', policy: 'spam', action: 'demote', verdict: 'acceptable', state: 'in force' },
  ...{ from: '2026-11-01', until: '2026-11-24' },
};

test('an address without anything asks for every decision', () => {
  expect(filterOf(HistorySearch.parse({}))).toEqual({});
  expect(filterOf(HistorySearch.parse({ q: '', item: '', from: '' }))).toEqual({});
});

test('a period of local days holds both of its ends', () => {
  const { from, to } = filterOf(HistorySearch.parse({ from: '2026-11-24', until: '2026-11-24' }));
  expect(new Date(to ?? '').getTime() - new Date(from ?? '').getTime()).toBe(24 * 3600 * 1000);
  expect(new Date(from ?? '').getHours()).toBe(0);
});

test('a filter that is kept opens as the address it was kept from', () => {
  const search = HistorySearch.parse(full);
  expect(searchOf(filterOf(search))).toEqual(search);
});

test('what an address says wrongly narrows nothing', () => {
  const search = HistorySearch.parse({ feed: -1, action: 'praise', state: 'gone', from: 'yesterday', q: {} });
  expect(filterOf(search)).toEqual({});
});

test('an id that is a number in the address stays text', () => {
  expect(filterOf(HistorySearch.parse({ item: 42, request: 17 }))).toEqual({ itemId: '42', requestId: '17' });
});
