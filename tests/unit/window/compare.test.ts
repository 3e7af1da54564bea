import { expect, test } from 'vitest';
import { alike } from '../../../renderer/features/replay/compare/alike.ts';
import { rowsOf } from '../../../renderer/features/replay/compare/rows.ts';
import type { ReplayRow } from '../../../shared/contract/replay.ts';

const ranker = (digest: string) => ({ name: digest, version: '1', team: 'us' as const, digest });
const row = (id: string, change: Partial<ReplayRow> = {}): ReplayRow => ({
  id,
  snapshot: { digest: 's', name: 's' },
  baseline: ranker('base'),
  candidate: ranker(id),
  settings: { seed: 1, limit: null, topK: 10 },
  state: 'done',
  message: null,
  createdAt: '2026-01-01T00:00:00Z',
  requests: 1,
  ...change,
});

test('only finished replays of one snapshot, baseline and setting are compared, the newest of each candidate', () => {
  const like = row('like');
  const replays = [
    row('newer', { candidate: ranker('twice') }),
    row('older', { candidate: ranker('twice') }),
    row('other snapshot', { snapshot: { digest: 't', name: 's' } }),
    row('other baseline', { baseline: ranker('another') }),
    row('other seed', { settings: { seed: 2, limit: null, topK: 10 } }),
    row('running', { state: 'running' }),
    like,
  ];
  expect(alike(replays, like).map(({ id }) => id)).toEqual(['newer', 'like']);
});

test('a measure stands where its worst candidate puts it, and is empty where a report lacks it', () => {
  const measure = (id: string, candidate: number) => ({
    ...{ id, title: id, unit: 'share', better: 'lower' as const, baseline: 0.1, candidate },
    ...{ difference: candidate - 0.1, requests: 500 },
  });
  const rows = rowsOf([
    { measures: [measure('a', 0.11), measure('b', 0.09)] },
    { measures: [measure('b', 0.3)] },
  ]);
  expect(rows.map(({ first }) => first.id)).toEqual(['b', 'a']);
  expect(rows[0]?.measures.map((found) => found?.candidate)).toEqual([0.09, 0.3]);
  expect(rows[1]?.measures.map((found) => found?.candidate)).toEqual([0.11, undefined]);
});
