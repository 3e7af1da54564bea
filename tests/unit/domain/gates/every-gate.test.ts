import { describe, expect, it } from 'vitest';
import {
  judgeGates,
  NO_FACTS,
  withReview,
  type GateEvidence,
} from '../../../../shared/domain/gates/judge.ts';
import { parseGateRules } from '../../../../shared/domain/gates/rules.ts';
import type { Measure, ReplayReport } from '../../../../shared/domain/replay/report.ts';
import { facts, measure, report } from '../../../fixtures/gates/evidence.ts';

const gates = (...lines: string[]) =>
  parseGateRules(
    `version: 1\ngates:\n${lines.map((line, at) => `  - {name: g${at}, title: t, reason: r, ${line}}\n`).join('')}`,
    'gates.yaml',
  );
const judged = (line: string, evidence: GateEvidence) => judgeGates(gates(line), evidence)[0];
const facing = (changed: Partial<GateEvidence['facts']>): GateEvidence => ({
  report: null,
  facts: { ...NO_FACTS, ...changed },
});
const REVIEW = { coverage: 1, agreement: 0.8, openEscalations: 0, dissent: 0 };
const review = (changed: object) => ({ review: { ...REVIEW, ...changed } });

describe.each(['required: true', 'required: false'])('a gate on a fact, %s', (required) => {
  it.each([
    [
      'fact: training_jurisdiction, allow: [US, CA]',
      { trainingJurisdictions: ['CA', 'US'] },
      { trainingJurisdictions: ['US', 'MX'] },
    ],
    [
      'fact: snapshot_jurisdiction, allow: [US]',
      { snapshotJurisdiction: 'US' },
      { snapshotJurisdiction: 'CA' },
    ],
    ['fact: snapshot_age_days, max: 90', { snapshotAgeDays: 90 }, { snapshotAgeDays: 90.01 }],
    ['fact: bundle_intact', { bundleIntact: true }, { bundleIntact: false }],
    ['fact: features_equal', { featuresEqual: true }, { featuresEqual: false }],
    ['fact: heads_complete', { headsComplete: true }, { headsComplete: false }],
    ['fact: replay_exact', { replayExact: true }, { replayExact: false }],
    ['fact: review_coverage, min: 0.9', review({ coverage: 0.9 }), review({ coverage: 0.89 })],
    ['fact: review_agreement, min: -0.1', review({ agreement: 0 }), review({ agreement: -0.2 })],
    ['fact: open_escalations, max: 2', review({ openEscalations: 2 }), review({ openEscalations: 3 })],
    ['fact: review_dissent, max: 0', review({ dissent: 0 }), review({ dissent: 1 })],
  ])('passes, fails, or says what it lacks: %s', (fact, good, bad) => {
    const line = `${fact}, ${required}`;
    const pass = judged(line, facing(good));
    expect(pass).toMatchObject({ verdict: 'pass', required: required.endsWith('true') });
    expect(pass).not.toHaveProperty('missing');
    expect(judged(line, facing(bad))?.verdict).toBe('fail');
    const none = judged(line, facing({}));
    expect(none).toMatchObject({ verdict: 'no evidence', measured: null });
    expect(none?.missing).toMatch(/[;,] .*\.$/);
  });
});

describe('a gate on a measure', () => {
  const interval = { lower: 0.2, upper: 0.4 };
  const figures: Measure = {
    ...measure('ndcg@10', 0.3, 0.3),
    difference: 0.3,
    intervals: { baseline: interval, candidate: interval, difference: interval },
  };
  const whole: ReplayReport = report(figures);
  const values = { point: 0.3, lower: 0.2, upper: 0.4 };
  const SUBJECTS = ['difference', 'candidate', 'baseline'] as const;
  const cases = SUBJECTS.flatMap((on) =>
    (['point', 'lower', 'upper'] as const).flatMap((end) =>
      [undefined, '{user.region: CA}', '{user.region: CA, request.surface: home}'].map((slice) => ({
        on,
        end,
        slice,
      })),
    ),
  );
  const sliced: ReplayReport = {
    ...whole,
    slices: [
      {
        by: ['user.region'],
        omitted: 0,
        slices: [{ values: ['CA'], requests: 900, small: false, measures: [figures] }],
      },
      {
        by: ['request.surface', 'user.region'],
        omitted: 0,
        slices: [{ values: ['home', 'CA'], requests: 900, small: false, measures: [figures] }],
      },
    ],
  };

  it.each(cases)('judges $on by its $end, slice $slice, with each operator', ({ on, end, slice }) => {
    const at = values[end];
    const verdicts = (threshold: number) =>
      ['lt', 'lte', 'gt', 'gte'].map((op) => {
        const line = `measure: ndcg@10, on: ${on}, op: ${op}, threshold: ${threshold}, judged_on: ${end}, required: true`;
        return judged(slice === undefined ? line : `${line}, slice: ${slice}`, { report: sliced, facts })
          ?.verdict;
      });
    expect(verdicts(at)).toEqual(['fail', 'pass', 'fail', 'pass']);
    expect(verdicts(at + 0.01)).toEqual(['pass', 'pass', 'fail', 'fail']);
    expect(verdicts(at - 0.01)).toEqual(['fail', 'fail', 'pass', 'pass']);
  });

  const parity = { ...measure('parity:ndcg@20:user.region', null, null), groups: { compared: 1, small: 3 } };
  const support = {
    ...{ actions: 10, effectiveSampleSize: 4, largestWeight: 9, clippedShare: 0, meanWeight: 1 },
    unsupported: { ips: 'its effective sample size is 4', snips: null, dm: null, dr: null },
  };
  const bare = report(figures, parity, measure('ips:like', null, null), measure('precision@20', null, null));
  it.each([
    ['measure: ndcg@10', null, /There is no replay/],
    ['measure: ndcg@7', bare, /measured at 5, 10, 20 items, not at 7; replay with 7 items per feed/],
    ['measure: "parity:ndcg@20:item.age"', bare, /not sliced by item\.age; replay it sliced so/],
    ['measure: "parity:ndcg@20:user.region"', bare, /Only one group is large enough/],
    ['measure: "auc:like"', bare, /lack what it is made from/],
    [
      'measure: "ips:like"',
      { ...bare, offPolicy: [{ signal: 'like', baseline: support, candidate: support }] },
      /Not supported by this log: its effective sample size is 4;/,
    ],
    ['measure: precision@20', bare, /No request of the replay holds evidence/],
    ['measure: precision@20, judged_on: lower', report(measure('precision@20', 0.1, 0.2)), /has no interval/],
    ['measure: ndcg@10, slice: {user.region: CA}', whole, /not sliced by user\.region/],
    ['measure: ndcg@10, slice: {user.region: TX}', sliced, /No slice of the replay has user\.region is TX/],
    [
      'measure: mrr, slice: {user.region: CA}',
      { ...sliced, measures: [figures, measure('mrr', 0, 1)] },
      /not told by slice/,
    ],
  ])('says why there is no evidence: %s', (line, found, sentence) => {
    const full = `${line}, on: candidate, op: gte, threshold: 0, required: true`;
    const result = judged(full, { report: found, facts });
    expect(result).toMatchObject({ verdict: 'no evidence', measured: null });
    expect(result?.missing).toMatch(sentence);
  });
});

describe('the corrected p value of a gate', () => {
  const tested = (id: string, p: number, draws = 999): Measure => ({ ...measure(id, 0.1, 0.2), p, draws });
  const three = gates(
    ...['ndcg@5', 'ndcg@10', 'ndcg@20'].map(
      (id) => `measure: ${id}, on: difference, op: gte, threshold: 0, required: true`,
    ),
  );
  const ps = (...measures: Measure[]) =>
    judgeGates(three, { report: report(...measures), facts }).map(({ p, pAtMost }) => [p, pAtMost === true]);

  it('is an upper bound where it comes from the least the draws can show', () => {
    expect(ps(tested('ndcg@5', 0.001), tested('ndcg@10', 0.2), tested('ndcg@20', 0.04))).toEqual([
      [0.003, true],
      [0.2, false],
      [0.08, false],
    ]);
  });

  it('is one, too, where Holm’s step carries that bound on to a larger p value', () => {
    expect(ps(tested('ndcg@5', 0.001), tested('ndcg@10', 0.0012), tested('ndcg@20', 0.9))).toEqual([
      [0.003, true],
      [0.003, true],
      [0.9, false],
    ]);
  });

  it('is none for a test that is worked out and not drawn', () => {
    const worked = { ...tested('ndcg@5', 0.001), test: 'bootstrap normal' } as const;
    expect(judgeGates(three, { report: report(worked), facts })[0]).not.toHaveProperty('pAtMost');
  });
});

describe('gates on review in a workspace', () => {
  const rules = gates(
    'fact: review_coverage, min: 1, required: true',
    'fact: review_agreement, min: 0.5, required: false',
  );
  const replayed = judgeGates(rules, { report: null, facts: NO_FACTS });

  it('say of a replay that it tells nothing of reviews, and without a review that one is to be held', () => {
    expect(replayed[0]?.missing).toMatch(/A replay tells nothing of reviews; look on the sign-off page/);
    expect(withReview(rules, replayed, null)[0]?.missing).toMatch(
      /^No review of this release was held; draw feeds/,
    );
  });

  it('forget what was missing once there is evidence, and ask for a second person where nobody overlaps', () => {
    const alone = { coverage: 1, agreement: null, openEscalations: 0, dissent: 0 };
    const [coverage, agreement] = withReview(rules, replayed, alone);
    expect(coverage).toMatchObject({ verdict: 'pass', measured: 1, unit: 'share of feeds' });
    expect(coverage).not.toHaveProperty('missing');
    expect(agreement?.missing).toMatch(/let a second person judge/);
  });
});
