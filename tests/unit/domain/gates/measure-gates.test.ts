import { describe, expect, it } from 'vitest';
import { judgeGates } from '../../../../shared/domain/gates/judge.ts';
import { measure, report, good, judge, rules } from '../../../fixtures/gates/evidence.ts';

const verdicts = (op: string, on?: string) =>
  [0.4, 0.5, 0.6].map(
    (value) =>
      judgeGates(rules(op, on), { ...good, report: report(measure('ndcg@5', 0, value)) })[0]?.verdict,
  );

describe('a measure gate', () => {
  it('compares as its operator says', () => {
    expect(verdicts('lt')).toEqual(['pass', 'fail', 'fail']);
    expect(verdicts('lte')).toEqual(['pass', 'pass', 'fail']);
    expect(verdicts('gt')).toEqual(['fail', 'fail', 'pass']);
    expect(verdicts('gte')).toEqual(['fail', 'pass', 'pass']);
  });

  it('looks at the side it names', () => {
    expect(verdicts('gt', 'baseline')).toEqual(['fail', 'fail', 'fail']);
    expect(verdicts('gte', 'difference')).toEqual(['fail', 'pass', 'pass']);
  });

  it('puts its rule into words', () => {
    expect(judge(good, 'ranking_quality')?.rule).toBe(
      'ndcg@10 of the candidate minus the baseline is at least −0.005',
    );
  });

  it('takes a number that is none for no evidence', () => {
    const broken = { ...good, report: report({ ...measure('ndcg@5', 0, 0.9), candidate: NaN }) };
    expect(judgeGates(rules('lt'), broken)[0]).toMatchObject({ verdict: 'no evidence', measured: null });
  });
});
