import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readFormula } from '../../../shared/domain/formula/findings.ts';
import { csv } from '../../../shared/domain/csv.ts';
import { formulaRows, markdown } from '../../../shared/domain/formula/table-text.ts';
import { thresholdsOf, withThreshold } from '../../../shared/domain/formula/thresholds.ts';
import { parsePolicy } from '../../../shared/domain/ranking/parse-policy.ts';

describe('thresholds of a policy', () => {
  const policy = parsePolicy(
    `version: 1
heads: [{name: x, output: x, kind: expectation, weight: 1}]
multipliers:
  - {name: long, when: {all: [{field: item.duration_ms, gte: 30000}, {not: {field: item.duration_ms, gt: 90000}}]}, factor: 0.5}
  - {name: all, factor: 0.9}
filters:
  - {name: old, when: {any: [{field: item.uploaded_at, lt: '2020'}, {field: candidate.propensity, lte: 0.1}, {label: {any_of: [x]}}]}}
top_k: 5
`,
    'policy.yaml',
  );

  test('are the numbers its rules compare with, in the order written', () => {
    expect(thresholdsOf(policy)).toEqual([
      { rule: 'long', words: 'item.duration_ms ≥', value: 30_000 },
      { rule: 'long', words: 'item.duration_ms >', value: 90_000 },
      { rule: 'old', words: 'candidate.propensity ≤', value: 0.1 },
    ]);
  });

  test('move one at a time and leave the policy they came from alone', () => {
    const before = structuredClone(policy);
    expect(thresholdsOf(withThreshold(policy, 1, 60_000)).map(({ value }) => value)).toEqual([
      30_000, 60_000, 0.1,
    ]);
    expect(policy).toEqual(before);
    expect(withThreshold(policy, 2, 0.1)).toEqual(policy);
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
