import { expect, test } from 'vitest';
import { alike } from '../../../renderer/features/replay/compare/alike.ts';
import { baselinesOf, comparedTable, rowsOf } from '../../../renderer/features/replay/compare/rows.ts';
import type { ReplayDetail, ReplayRow } from '../../../shared/contract/replay.ts';
import { report } from '../../fixtures/gates/evidence.ts';

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

const measure = (id: string, candidate: number, baseline = 0.1) => ({
  ...{ id, title: id, unit: 'share', better: 'lower' as const, baseline, candidate },
  ...{ difference: candidate - baseline, requests: 500 },
});

test('a measure stands where its worst candidate puts it, and is empty where a report lacks it', () => {
  const rows = rowsOf([
    { measures: [measure('a', 0.11), measure('b', 0.09)] },
    { measures: [measure('b', 0.3)] },
  ]);
  expect(rows.map(({ first }) => first.id)).toEqual(['b', 'a']);
  expect(rows[0]?.measures.map((found) => found?.candidate)).toEqual([0.09, 0.3]);
  expect(rows[1]?.measures.map((found) => found?.candidate)).toEqual([0.11, undefined]);
});

test('the baseline of a measure is told for each candidate, because it may rest on other requests', () => {
  expect([...baselinesOf([measure('a', 0.3), null, measure('a', 0.2)])]).toEqual([[0.1, [0, 2]]]);
  expect([...baselinesOf([measure('a', 0.3, 0.12), measure('a', 0.2)])]).toEqual([
    [0.12, [0]],
    [0.1, [1]],
  ]);
  const replay = (id: string, baseline: number): ReplayDetail => ({
    ...row(id),
    ...{ reportDigest: null, gates: [] },
    report: { ...report(measure('a', 0.3, baseline)) },
  });
  const { columns, rows } = comparedTable([replay('first', 0.1), replay('second', 0.12)]);
  const figures = (name: string) =>
    ['baseline', 'candidate', 'difference'].map((what) => rows[0]?.[columns.indexOf(`${name} ${what}`)]);
  const names = columns
    .filter((column) => column.endsWith(' baseline'))
    .map((column) => column.split(' base')[0]);
  expect(names.map((name) => figures(name ?? ''))).toEqual([
    [0.1, 0.3, 0.3 - 0.1],
    [0.12, 0.3, 0.3 - 0.12],
  ]);
});
