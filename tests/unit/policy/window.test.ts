import { describe, expect, test } from 'vitest';
import { headRows, shownRows } from '../../../renderer/features/weights/rows.ts';
import { WeightsSearch } from '../../../renderer/features/weights/search.ts';
import { reach, reorder, withFactor, withWeight } from '../../../renderer/features/weights/what-if.ts';
import { KeptFeed, type FormulaDetail } from '../../../shared/contract/weights.ts';
import { judgeFormula } from '../../../shared/domain/formula/findings.ts';
import type { PolicyHead } from '../../../shared/domain/ranking/policy.ts';
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
    captions: ['a', 'b', 'c'],
  };

  test('places are compared with those of the release, and what a filter removes stays out', () => {
    expect(reorder(kept, POLICY, POLICY).shown.map(({ index, gain }) => [index, gain])).toEqual([
      [1, 0],
      [0, 0],
    ]);
    const without = withWeight(POLICY, 'hate', 0);
    expect(reorder(kept, POLICY, without).shown.map(({ index, gain }) => [index, gain])).toEqual([
      [0, 1],
      [1, -1],
    ]);
  });

  test('says what no longer stands in a shorter feed', () => {
    const { shown, gone } = reorder(kept, POLICY, { ...POLICY, top_k: 1 });
    expect(shown.map(({ index }) => index)).toEqual([1]);
    expect(gone).toEqual([0]);
  });

  test('a slider spans from 0 to twice the weight, within the range, and as far as the weight was moved', () => {
    const head = (weight: number, min: number, max: number): PolicyHead => ({
      name: 'x',
      output: 'x',
      kind: 'probability',
      scale: 1,
      clamp: null,
      weight,
      min,
      max,
    });
    expect(reach(head(-74, -500, 0), -74)).toEqual([-148, 0]);
    expect(reach(head(-74, -500, 0), -300)).toEqual([-300, 0]);
    expect(reach(head(8, 0, 10), 8)).toEqual([0, 10]);
    expect(reach(head(0, -5, 5), 0)).toEqual([0, 1]);
  });

  test('moves one rule and leaves the policy it came from alone', () => {
    const before = structuredClone(POLICY);
    expect(withFactor(POLICY, 'out_of_network', 0.5).multipliers[0]?.factor).toBe(0.5);
    expect(withWeight(POLICY, 'hate', -1).heads.map(({ weight }) => weight)).toEqual([0.5, 0.004, -1]);
    expect(POLICY).toEqual(before);
  });
});
