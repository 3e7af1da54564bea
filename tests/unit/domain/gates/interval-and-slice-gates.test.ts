import { describe, expect, it } from 'vitest';
import { judgeGates, type GateEvidence } from '../../../../shared/domain/gates/judge.ts';
import { parseGateRules } from '../../../../shared/domain/gates/rules.ts';
import type { ReplayReport } from '../../../../shared/domain/replay/report.ts';
import { good, measure, report, facts } from '../../../fixtures/gates/evidence.ts';

describe('a gate judged on an end of the interval', () => {
  const ended = (end: string, op: string, more = '') =>
    parseGateRules(
      `version: 1\ngates: [{name: g, title: t, measure: ndcg@5, on: difference, op: ${op}, threshold: 0, judged_on: ${end}, required: true, reason: r${more}}]`,
      'g',
    );
  const sure = (lower: number, upper: number, p?: number): GateEvidence => ({
    ...good,
    report: report({
      ...measure('ndcg@5', 0.4, 0.5),
      intervals: { baseline: null, candidate: null, difference: { lower, upper } },
      ...(p === undefined ? {} : { p }),
    }),
  });

  it('passes only where that end keeps the threshold', () => {
    const verdict = (end: string, op: string, lower: number, upper: number) =>
      judgeGates(ended(end, op), sure(lower, upper))[0]?.verdict;
    expect(verdict('lower', 'gte', 0.01, 0.2)).toBe('pass');
    expect(verdict('lower', 'gte', -0.01, 0.2)).toBe('fail');
    expect(verdict('upper', 'lte', -0.2, -0.01)).toBe('pass');
    expect(verdict('upper', 'lte', -0.2, 0.01)).toBe('fail');
    expect(verdict('point', 'gte', -0.01, 0.2)).toBe('pass');
  });

  it('works on figures that are no means over requests, such as AUC', () => {
    const gate = parseGateRules(
      'version: 1\ngates: [{name: g, title: t, measure: "auc:like", on: candidate, op: gte, threshold: 0.7, judged_on: lower, required: true, reason: r}]',
      'g',
    );
    const auc = (lower: number): GateEvidence => ({
      ...good,
      report: report({
        ...measure('auc:like', 0.7, 0.75),
        intervals: {
          ...{ baseline: null, difference: null, method: 'delete-a-group jackknife' },
          candidate: { lower, upper: 0.8 },
        },
      }),
    });
    expect([0.71, 0.69].map((lower) => judgeGates(gate, auc(lower))[0]?.verdict)).toEqual(['pass', 'fail']);
  });

  it('says so in its rule and shows the interval', () => {
    expect(judgeGates(ended('lower', 'gte', ', owner: Integrity team'), sure(0.01, 0.2))[0]).toMatchObject({
      rule: 'ndcg@5 of the candidate minus the baseline is at least 0, judged on the lower end of its 95 % interval',
      measured: 0.01,
      interval: { lower: 0.01, upper: 0.2 },
      owner: 'Integrity team',
    });
  });

  it('has no evidence without an interval, whatever the figure', () => {
    const bare = { ...good, report: report(measure('ndcg@5', 0.4, 0.5)) };
    const none = {
      ...good,
      report: report({
        ...measure('ndcg@5', 0.4, 0.5),
        intervals: { baseline: null, candidate: null, difference: null },
      }),
    };
    for (const evidence of [bare, none]) {
      expect(judgeGates(ended('lower', 'gte'), evidence)[0]).toMatchObject({
        verdict: 'no evidence',
        measured: null,
      });
    }
  });

  it('tells p values corrected for how many differences are gated', () => {
    const two = parseGateRules(
      'version: 1\ngates: ' +
        ['a', 'b']
          .map(
            (name) =>
              `\n  - {name: ${name}, title: t, measure: ndcg@5, on: difference, op: gte, threshold: 0, required: true, reason: r}`,
          )
          .join(''),
      'g',
    );
    expect(judgeGates(two, sure(0, 1, 0.01)).map(({ p }) => p)).toEqual([0.02, 0.02]);
    expect(judgeGates(ended('point', 'gte'), sure(0, 1, 0.01))[0]?.p).toBe(0.01);
    expect(judgeGates(two, sure(0, 1)).map(({ p }) => p)).toEqual([undefined, undefined]);
  });
});

describe('a gate on a slice', () => {
  const sliced = parseGateRules(
    `version: 1
gates:
  - {name: one, title: One, required: true, reason: r, measure: ndcg@5, on: candidate, op: gte, threshold: 0.5,
     slice: {request.surface: home, user.region: CA}}`,
    'gates.yaml',
  );
  const slice = (small: boolean, candidate: number) => ({
    values: ['CA', 'home'],
    requests: small ? 9 : 900,
    small,
    measures: [{ id: 'ndcg@5', baseline: 0.1, candidate, difference: candidate - 0.1, requests: 9 }],
  });
  const verdictOn = (slices: ReplayReport['slices']) =>
    judgeGates(sliced, {
      facts,
      report: { ...report(measure('ndcg@5', 0.1, 0.9)), ...(slices && { slices }) },
    })[0];

  it('judges the slice of those values, in any order of attributes, and says the unit', () => {
    const by = ['user.region', 'request.surface'];
    expect(verdictOn([{ by, omitted: 0, slices: [slice(false, 0.6)] }])).toMatchObject({
      ...{ verdict: 'pass', measured: 0.6, unit: 'share' },
      rule: 'ndcg@5 of the candidate where request.surface is home and user.region is CA is at least 0.5',
    });
    expect(verdictOn([{ by, omitted: 0, slices: [slice(false, 0.4)] }])?.verdict).toBe('fail');
  });

  it('has no evidence where the slice is small or the report is not sliced so', () => {
    const by = ['user.region', 'request.surface'];
    expect(verdictOn([{ by, omitted: 0, slices: [slice(true, 0.6)] }])?.verdict).toBe('no evidence');
    expect(verdictOn([{ by: ['user.region'], omitted: 0, slices: [] }])?.verdict).toBe('no evidence');
    expect(verdictOn(undefined)?.verdict).toBe('no evidence');
  });
});
