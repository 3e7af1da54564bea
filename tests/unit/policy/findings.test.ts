import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFormula, type Finding } from '../../../shared/domain/formula/findings.ts';
import { parsePolicy } from '../../../shared/domain/ranking/parse-policy.ts';

const SETTING = { outputs: ['p_like', 'p_hate'], negativeSignals: ['is_hate'] };

const read = (heads: string[], rest = 'top_k: 10') =>
  readFormula(
    `version: 1\nheads:\n${heads.map((head) => `  - {${head}}\n`).join('')}${rest}\n`,
    'policy.yaml',
    SETTING,
  );

const LIKE = 'name: like, output: p_like, kind: probability, weight: 1, min: 0, max: 10';
const HATE = 'name: hate, output: p_hate, kind: probability, weight: -74, min: -500, max: 0';

const said = (findings: readonly Finding[]) =>
  findings.map(({ code, severity, place }) => `${severity} ${code} ${place}`);

describe('a formula read tolerantly', () => {
  test('has no findings and the policy the strict reader gives, when nothing is wrong', () => {
    const text = readFileSync(
      new URL('../../../resources/sample/releases/us-2026.11.0/policy.yaml', import.meta.url),
      'utf8',
    );
    const found = readFormula(text, 'policy.yaml', { outputs: null, negativeSignals: [] });
    expect(found.findings).toEqual([]);
    expect(found.policy).toEqual(parsePolicy(text, 'policy.yaml'));
    expect(found.formula.heads.map(({ name, weight }) => [name, weight])).toContainEqual(['hate', -74]);
  });

  test.each([
    [
      'a weight outside its range',
      [LIKE.replace('weight: 1', 'weight: 11'), HATE],
      'error weight_outside_range heads[0].weight',
    ],
    [
      'a head without a weight',
      [LIKE.replace(' weight: 1,', ''), HATE],
      'error head_without_weight heads[0].weight',
    ],
    ['a head of the model that nothing weighs', [LIKE], 'warning head_without_weight heads'],
    [
      'a weight whose head the model lacks',
      [LIKE, HATE, 'name: share, output: p_share, kind: probability, weight: 1'],
      'error weight_without_head heads[2].output',
    ],
    [
      'a head named after harm that rewards',
      [LIKE, 'name: hate, output: p_hate, kind: probability, weight: 3'],
      'warning penalty_with_positive_weight heads[1].weight',
    ],
    [
      'two heads of one name',
      [LIKE, HATE.replace('name: hate', 'name: like')],
      'error name_twice heads[1].name',
    ],
    [
      'two heads of one output',
      [LIKE, HATE, LIKE.replace('name: like', 'name: like2')],
      'warning output_twice heads[2].output',
    ],
    ['an unknown key', [LIKE, `${HATE}, colour: red`], 'error form heads[1]'],
  ])('shows %s in its place', (_what, heads, expected) => {
    expect(said(read(heads).findings)).toEqual([expected]);
  });

  test('shows a rule that shares its name with one of another kind', () => {
    const { findings, policy } = read([LIKE, HATE], 'multipliers: [{name: hate, factor: 0.9}]\ntop_k: 10');
    expect(said(findings)).toEqual(['warning name_twice multipliers[0].name']);
    expect(policy).not.toBeNull();
  });

  test.each([
    [
      'by its range',
      'name: x, output: p_like, kind: probability, weight: 1, min: -5, max: 0',
      'its range allows no positive weight',
    ],
    [
      'by the signal it predicts',
      'name: is_hate, output: p_like, kind: probability, weight: 1',
      'it predicts the negative signal is_hate',
    ],
    [
      'by its name',
      'name: notInterested, output: p_like, kind: probability, weight: 1',
      'its name says not interested',
    ],
  ])('knows a penalty %s', (_how, head, reason) => {
    const { findings } = read([head, HATE]);
    expect(findings.find(({ code }) => code === 'penalty_with_positive_weight')?.message).toContain(reason);
  });

  test('does not take a word inside another for harm', () => {
    const { findings } = read([LIKE.replace('name: like', 'name: reporter_whatever_blocked'), HATE]);
    expect(findings).toEqual([]);
  });

  test('says every fault at once', () => {
    const { findings, policy } = read([
      LIKE.replace('weight: 1', 'weight: -1'),
      'name: like, output: p_x, kind: probability',
    ]);
    expect(policy).toBeNull();
    expect(said(findings).toSorted()).toEqual([
      'error head_without_weight heads[1].weight',
      'error name_twice heads[1].name',
      'error weight_outside_range heads[0].weight',
      'warning head_without_weight heads',
    ]);
  });

  test('finds an error exactly where the strict reader refuses, whatever the weights', () => {
    const number = fc.double({ min: -100, max: 100, noNaN: true });
    fc.assert(
      fc.property(number, number, number, (weight, min, max) => {
        const heads = [
          `name: like, output: p_like, kind: probability, weight: ${weight}, min: ${min}, max: ${max}`,
          HATE,
        ];
        const { findings, policy } = read(heads);
        expect(findings.some(({ severity }) => severity === 'error')).toBe(policy === null);
        expect(policy === null).toBe(min > max || weight < min || weight > max);
      }),
    );
  });

  test.each(['', '[]', 'heads: 5', 'heads: [1, {}]', 'version: 1\nheads: []\ntop_k: 10', 'top_k: x'])(
    'answers findings instead of throwing for %j',
    (text) => {
      const { findings, policy } = readFormula(text, 'policy.yaml', SETTING);
      expect(policy).toBeNull();
      expect(findings.some(({ severity }) => severity === 'error')).toBe(true);
    },
  );

  test('refuses text that is not YAML, with the place', () => {
    expect(() => readFormula('heads: [', 'policy.yaml', SETTING)).toThrow(/^policy\.yaml: line 1, column/);
  });
});
