import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dialsOf, turned } from '../../../shared/domain/formula/dials.ts';
import { diffPolicies } from '../../../shared/domain/formula/diff.ts';
import { readFormula } from '../../../shared/domain/formula/findings.ts';
import { csv } from '../../../shared/domain/csv.ts';
import { formulaRows, markdown } from '../../../shared/domain/formula/table-text.ts';
import { thresholdsOf, withThreshold } from '../../../shared/domain/formula/thresholds.ts';
import { parsePolicy } from '../../../shared/domain/ranking/parse-policy.ts';
import { RankingPolicy } from '../../../shared/domain/ranking/policy.ts';

describe('thresholds of a policy', () => {
  const policy = parsePolicy(
    `version: 1
heads: [{name: x, output: x, kind: expectation, weight: 1}]
multipliers:
  - {name: long, when: {all: [{field: item.duration_ms, gte: 30000}, {not: {field: item.duration_ms, gt: 90000}}]}, factor: 0.5}
  - {name: all, factor: 0.9}
  - {name: near, when: {field: candidate.in_network, eq: 1}, factor: 2}
filters:
  - {name: old, when: {any: [{field: item.uploaded_at, lt: '2020'}, {field: candidate.propensity, lte: 0.1}, {label: {any_of: [x]}}]}}
  - {name: level, when: {all: [{field: item.attributes.level, in: [1, 'b', 3]}, {field: item.language, eq: en}]}}
top_k: 5
`,
    'policy.yaml',
  );

  test('are the values its rules compare with in an order, and every number, as they are written', () => {
    expect(thresholdsOf(policy).map(({ rule, words, value, wider }) => [rule, words, value, wider])).toEqual([
      ['long', 'item.duration_ms ≥', 30_000, -1],
      ['long', 'item.duration_ms >', 90_000, 1],
      ['near', 'candidate.in_network =', 1, 0],
      ['old', 'item.uploaded_at <', '2020', 1],
      ['old', 'candidate.propensity ≤', 0.1, 1],
      ['level', 'item.attributes.level is one of, value 1', 1, 0],
      ['level', 'item.attributes.level is one of, value 3', 3, 0],
    ]);
  });

  test('move one at a time and leave the policy they came from alone', () => {
    const before = structuredClone(policy);
    expect(thresholdsOf(withThreshold(policy, 1, 60_000)).map(({ value }) => value)).toEqual([
      30_000,
      60_000,
      1,
      '2020',
      0.1,
      1,
      3,
    ]);
    expect(policy).toEqual(before);
    expect(withThreshold(policy, 4, 0.1)).toEqual(policy);
    expect(withThreshold(policy, 3, 5)).toEqual(policy);
  });

  test('are told in a diff by what moved and what that does, not by the whole condition', () => {
    const moved = (at: number, value: number | string) =>
      diffPolicies(policy, withThreshold(policy, at, value)).map(({ words }) => words);
    expect(moved(0, 10_000)).toEqual(['long: item.duration_ms ≥ 30000 → 10000 (applies more often)']);
    expect(moved(1, 60_000)).toEqual(['long: item.duration_ms > 90000 → 60000 (applies less often)']);
    expect(moved(2, 0)).toEqual(['near: candidate.in_network = 1 → 0']);
    expect(moved(3, '2021')).toEqual(['filter old: item.uploaded_at < 2020 → 2021 (keeps out more)']);
    expect(moved(6, 4)).toEqual(['filter level: item.attributes.level is one of, value 3 3 → 4']);
  });
});

describe('the dials of a policy', () => {
  const own = parsePolicy(
    `version: 1
heads:
  - {name: hate, output: p_hate, kind: probability, weight: -74, min: -500, max: 0}
  - {name: play, output: e_play_ms, kind: expectation, weight: 8, min: 0, max: 10, scale: 0.001, clamp: {max: 60}}
multipliers:
  - {name: far, when: {field: candidate.in_network, eq: 0}, factor: 0.75}
filters: [{name: old, when: {field: item.uploaded_at, lt: '2020-01-01'}}]
diversity: {by: item.author_id, decay: 0.5, floor: 0.25}
top_k: 20
`,
    'policy.yaml',
  );
  const dial = (policy: RankingPolicy, id: string) => dialsOf(own, policy).find((each) => each.id === id);
  const words = (id: string, value: number | string | null) =>
    diffPolicies(own, turned(own, id, value)).map(({ words }) => words);

  test('are one for every weight, factor and threshold, scale, clamp, diversity and length', () => {
    expect(dialsOf(own, own).map(({ id, value }) => [id, value])).toEqual([
      ['weight hate', -74],
      ['weight play', 8],
      ['factor far', 0.75],
      ['threshold 0', 0],
      ['threshold 1', '2020-01-01'],
      ['scale hate', 1],
      ['clamp min hate', null],
      ['clamp max hate', null],
      ['scale play', 0.001],
      ['clamp min play', null],
      ['clamp max play', 60],
      ['decay', 0.5],
      ['floor', 0.25],
      ['length', 20],
    ]);
  });

  test('have sliders from 0 to twice the release’s value, within the range, and as far as they were moved', () => {
    expect(dial(own, 'weight hate')).toMatchObject({ from: -148, to: 0 });
    expect(dial(turned(own, 'weight hate', -300), 'weight hate')).toMatchObject({ from: -300, own: -74 });
    expect(dial(own, 'weight play')).toMatchObject({ from: 0, to: 10 });
    expect(dial(own, 'clamp max play')).toMatchObject({ from: 0, to: 120, optional: true });
    expect(dial(own, 'factor far')).toMatchObject({ from: 0.01, to: 2 });
    expect(dial(own, 'decay')).toMatchObject({ from: 0, to: 1 });
  });

  test('say each change in words', () => {
    expect(words('scale play', 0.002)).toEqual(['play: scale 0.001 → 0.002 (2 times stronger)']);
    expect(words('clamp max play', 30)).toEqual(['play: clamp to 60 → 30']);
    expect(words('clamp max play', null)).toEqual(['play: clamp to 60 → none']);
    expect(words('clamp min hate', 0.01)).toEqual(['hate: clamp from none → 0.01']);
    expect(words('factor far', 0.5)).toEqual(['far ×0.75 → ×0.5: demotes more']);
    expect(words('threshold 1', '2019-01-01')).toEqual([
      'filter old: item.uploaded_at < 2020-01-01 → 2019-01-01 (keeps out less)',
    ]);
    expect(words('decay', 0.8)).toEqual([
      'diversity: decay 0.5 → 0.8 (further items of one source are demoted less)',
    ]);
    expect(words('length', 10)).toEqual(['feed: length 20 → 10']);
  });

  test('turn to nothing that the policy could not hold', () => {
    for (const [id, value] of [
      ['weight hate', 1],
      ['weight hate', null],
      ['length', 2.5],
      ['length', 0],
      ['clamp min play', 61],
      ['floor', -0.1],
      ['threshold 0', 'x'],
      ['threshold 1', 5],
      ['nothing', 1],
    ] as const)
      expect(turned(own, id, value)).toBe(own);
  });

  test('always leave a policy that can be read, and turn back to the release’s own', () => {
    const ids = dialsOf(own, own).map(({ id }) => id);
    const value = fc.oneof(fc.double({ noNaN: true }), fc.integer(), fc.constant(null), fc.string());
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...ids), value)), (turns) => {
        const moved = turns.reduce((policy, [id, value]) => turned(policy, id, value), own);
        expect(RankingPolicy.safeParse(moved).error).toBeUndefined();
        const restored = dialsOf(own, own).reduce(
          (policy, { id, value }) => turned(policy, id, value),
          turned(turned(moved, 'clamp min play', null), 'clamp min hate', null),
        );
        expect(diffPolicies(own, restored)).toEqual([]);
      }),
    );
  });
});

describe('a formula copied as text', () => {
  const text = readFileSync(
    new URL('../../../resources/sample/releases/us-2026.11.0/policy.yaml', import.meta.url),
    'utf8',
  );
  const { formula } = readFormula(text, 'policy.yaml', { outputs: null, negativeSignals: [] });
  const rows = formulaRows(formula, { since: { hate: 'us-2026.10.0' }, worth: null, other: formula });

  test('has a row for every rule, each as wide as the header', () => {
    expect(rows.map(([rule]) => rule)).toEqual([
      'rule',
      ...Array.from({ length: 7 }, () => 'head'),
      ...Array.from({ length: 3 }, () => 'multiplier'),
      'filter',
      'diversity',
      'feed',
    ]);
    expect(new Set(rows.map(({ length }) => length)).size).toBe(1);
  });

  test('is CSV that keeps commas, quotes and harmless text apart from formulas', () => {
    expect(csv(rows)).toContain('head,hate,p_hate,probability,-74,-500,0,1,,,,,,,us-2026.10.0,-74\r\n');
    expect(csv([['a,b', '"', '=1+1', -3, null]])).toBe('"a,b","""",\'=1+1,-3,\r\n');
  });

  test('is a Markdown table', () => {
    expect(
      markdown([
        ['a', 'b'],
        ['x|y', null],
      ]),
    ).toBe('| a | b |\n| --- | --- |\n| x\\|y |  |\n');
  });
});
