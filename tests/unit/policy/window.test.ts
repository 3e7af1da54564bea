import { describe, expect, test } from 'vitest';
import { headRows, shownRows } from '../../../renderer/features/weights/rows.ts';
import { WeightsSearch } from '../../../renderer/features/weights/search.ts';
import { begun, redone, tried, undone } from '../../../renderer/features/weights/what-if/history.ts';
import { prepare, reorder } from '../../../renderer/features/weights/what-if/reorder.ts';
import { KeptFeed, type FormulaDetail } from '../../../shared/contract/weights.ts';
import { turned } from '../../../shared/domain/formula/dials.ts';
import { judgeFormula } from '../../../shared/domain/formula/findings.ts';
import { candidate, POLICY, request } from '../domain/ranking/fixture.ts';

const SETTING = { outputs: null, negativeSignals: [] };
const { formula } = judgeFormula(POLICY, SETTING);
const other = judgeFormula(
  {
    ...POLICY,
    heads: [...POLICY.heads.slice(1), { name: 'share', output: 'p_share', kind: 'probability', weight: 1 }],
  },
  SETTING,
);

const detail: FormulaDetail = {
  release: 'r',
  title: 'r',
  formula,
  policy: POLICY,
  findings: [],
  since: { like: '1' },
  comparison: { title: 'o', formula: other.formula, changes: null },
};

const names = (search: object): string[] =>
  shownRows(headRows(detail, undefined), WeightsSearch.parse(search)).map(({ name }) => name);

describe('lines of the tariff', () => {
  test('are this formula’s heads in their order, then those only the other one has', () => {
    const rows = headRows(detail, undefined);
    expect(rows.map(({ name, head, other }) => [name, head !== null, other !== null])).toEqual([
      ['like', true, false],
      ['play', true, true],
      ['hate', true, true],
      ['share', false, true],
    ]);
    expect(rows[0]?.since).toBe('1');
  });

  test('are searched by name and output, and sorted by the size of the weight', () => {
    expect(names({ q: 'P_H' })).toEqual(['hate']);
    expect(names({ sort: 'weight' })).toEqual(['hate', 'like', 'play', 'share']);
    expect(names({ sort: 'name' })).toEqual(['hate', 'like', 'play', 'share']);
    expect(names({ sort: 'nonsense' })).toEqual(['like', 'play', 'hate', 'share']);
  });
});

describe('what if', () => {
  const kept: KeptFeed = {
    request: KeptFeed.shape.request.parse(
      request(candidate('1'), candidate('2'), candidate('3', { labels: ['violence'] })),
    ),
    idOrder: 'integer',
    outputs: [
      { name: 'p_like', values: [0.5, 0.25, 1] },
      { name: 'e_play_ms', values: [0, 0, 0] },
      { name: 'p_hate', values: [0.5, 0, 0] },
    ],
  };

  test('places are compared with those of the release, and what a filter removes stays out', () => {
    expect(reorder(prepare(kept, POLICY), POLICY).shown.map(({ index, gain }) => [index, gain])).toEqual([
      [1, 0],
      [0, 0],
    ]);
    const without = turned(POLICY, 'weight hate', 0);
    expect(reorder(prepare(kept, POLICY), without).shown.map(({ index, gain }) => [index, gain])).toEqual([
      [0, 1],
      [1, -1],
    ]);
  });

  test('says what no longer stands in a shorter feed', () => {
    const { shown, gone } = reorder(prepare(kept, POLICY), { ...POLICY, top_k: 1 });
    expect(shown.map(({ index }) => index)).toEqual([1]);
    expect(gone).toEqual([0]);
  });
});

describe('the way back from what was tried', () => {
  const weighed = (weight: number) => turned(POLICY, 'weight hate', weight);
  const [a, b, c] = [weighed(-1), weighed(-2), weighed(-3)];

  test('undoes one dial’s turns in one go as one step, and redoes them', () => {
    const turning = tried(tried(begun(POLICY), a, 'weight hate', 0), b, 'weight hate', 300);
    expect(turning.now.policy).toBe(b);
    expect(undone(turning).now.policy).toBe(POLICY);
    expect(redone(undone(turning)).now.policy).toBe(b);
  });

  test('keeps a step for each dial, and for each time one dial was taken up again', () => {
    const later = tried(tried(begun(POLICY), a, 'weight hate', 0), b, 'weight hate', 5000);
    expect(undone(later).now.policy).toBe(a);
    const other = tried(tried(begun(POLICY), a, 'weight hate', 0), b, 'weight like', 10);
    expect(undone(other).now.policy).toBe(a);
  });

  test('ends where something else is tried, and at the first and last step', () => {
    const back = undone(tried(tried(begun(POLICY), a, null, 0), b, null, 1));
    const elsewhere = tried(back, c, null, 2);
    expect(redone(elsewhere)).toBe(elsewhere);
    expect(undone(undone(elsewhere)).now.policy).toBe(POLICY);
    const first = begun(POLICY);
    expect(undone(first)).toBe(first);
    expect(tried(first, POLICY, 'weight hate', 0)).toBe(first);
  });

  test('takes no turn up again after it was undone', () => {
    const back = undone(tried(tried(begun(POLICY), a, 'weight hate', 0), b, 'weight like', 10));
    expect(undone(tried(back, c, 'weight hate', 20)).now.policy).toBe(a);
  });
});
