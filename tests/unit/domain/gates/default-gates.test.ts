import { describe, expect, it } from 'vitest';
import { judgeGates, type GateEvidence } from '../../../../shared/domain/gates/judge.ts';
import { GateResult } from '../../../../shared/domain/gates/verdict.ts';
import { facts, DEFAULT, measure, report, good, judge } from '../../../fixtures/gates/evidence.ts';

const REVIEW = { coverage: 1, agreement: 0.8, openEscalations: 0, dissent: 0 };

describe('the default gates', () => {
  it('pass a release that is better and clean', () => {
    const results = judgeGates(DEFAULT, good);
    expect(results.map(({ verdict }) => verdict)).toEqual(results.map(() => 'pass'));
    for (const result of results) expect(GateResult.parse(result)).toEqual(result);
  });

  it('never pass without evidence', () => {
    const nothing: GateEvidence = {
      report: null,
      facts: {
        bundleIntact: null,
        trainingJurisdictions: [],
        featuresEqual: null,
        headsComplete: null,
        replayExact: null,
        snapshotJurisdiction: null,
        snapshotAgeDays: null,
      },
    };
    for (const { verdict, measured, missing } of judgeGates(DEFAULT, nothing)) {
      expect({ verdict, measured }).toEqual({ verdict: 'no evidence', measured: null });
      expect(missing).toMatch(/^[A-Z].*[;,] .*\.$/);
    }
    const empty = { ...good, report: report(measure('ndcg@10', null, null)) };
    expect(judge(empty, 'ranking_quality')?.verdict).toBe('no evidence');
    expect(judge(empty, 'labelled_items')?.verdict).toBe('no evidence');
  });

  it('fail a release of which one data set comes from elsewhere, and name every place', () => {
    const mixed = { ...good, facts: { ...facts, trainingJurisdictions: ['US', 'CN', 'US'] } };
    expect(judge(mixed, 'training_data_us')).toMatchObject({
      verdict: 'fail',
      threshold: ['US'],
      measured: ['CN', 'US'],
    });
  });

  it.each([
    ['bundle_intact', { bundleIntact: false }],
    ['features_equal', { featuresEqual: false }],
    ['heads_complete', { headsComplete: false }],
    ['snapshot_us', { snapshotJurisdiction: 'us' }],
    ['snapshot_recent', { snapshotAgeDays: 91 }],
    ['feeds_reviewed', { review: { ...REVIEW, coverage: 0.99 } }],
    ['reviewers_agree', { review: { ...REVIEW, agreement: 0.66 } }],
    ['escalations_closed', { review: { ...REVIEW, openEscalations: 1 } }],
    ['dissent_answered', { review: { ...REVIEW, dissent: 1 } }],
  ])('fail %s on its own fact alone', (name, changed) => {
    const results = judgeGates(DEFAULT, { ...good, facts: { ...facts, ...changed } });
    expect(results.filter(({ verdict }) => verdict !== 'pass').map((gate) => gate.name)).toEqual([name]);
  });

  it.each([
    ['ranking_quality', 'ndcg@10', 0.5, 0.496, 'pass'],
    ['ranking_quality', 'ndcg@10', 0.5, 0.494, 'fail'],
    ['labelled_items', 'prevalence@5', 0, 0.01, 'pass'],
    ['labelled_items', 'prevalence@5', 0, 0.0101, 'fail'],
    ['negative_feedback', 'negative_feedback@5', 0.25, 0.2501, 'pass'],
    ['negative_feedback', 'negative_feedback@5', 0.25, 0.5, 'fail'],
  ])('%s with %s from %f to %f: %s', (name, id, baseline, candidate, verdict) => {
    expect(judge({ ...good, report: report(measure(id, baseline, candidate)) }, name)?.verdict).toBe(verdict);
  });

  it('give every gate an owner and a reason of its own', () => {
    for (const { owner, reason } of DEFAULT.gates) {
      expect(owner).toBeTruthy();
      expect(reason.length).toBeGreaterThan(60);
    }
    expect(new Set(DEFAULT.gates.map(({ reason }) => reason)).size).toBe(DEFAULT.gates.length);
  });

  it('only advise on the age of the snapshot and on the review', () => {
    expect(DEFAULT.gates.filter(({ required }) => !required).map(({ name }) => name)).toEqual([
      'snapshot_recent',
      'feeds_reviewed',
      'reviewers_agree',
      'escalations_closed',
      'dissent_answered',
    ]);
  });
});
