import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { StatesideError } from '../../../../shared/domain/error.ts';
import { judgeGates, type GateEvidence } from '../../../../shared/domain/gates/judge.ts';
import { parseGateRules } from '../../../../shared/domain/gates/rules.ts';
import { GateResult } from '../../../../shared/domain/gates/verdict.ts';
import type { Measure, ReplayReport } from '../../../../shared/domain/replay/report.ts';

const DEFAULT_TEXT = readFileSync(new URL('../../../../resources/gates.yaml', import.meta.url), 'utf8');
const DEFAULT = parseGateRules(DEFAULT_TEXT, 'gates.yaml');

const measure = (id: string, baseline: number | null, candidate: number | null): Measure => ({
  id,
  title: id,
  unit: 'share',
  better: 'lower',
  baseline,
  candidate,
  difference: baseline === null || candidate === null ? null : candidate - baseline,
  requests: 10,
});

function report(...measures: Measure[]): ReplayReport {
  const ranker = { name: 'ranker', version: '1', team: 'us', digest: 'a'.repeat(64) } as const;
  return {
    format: 'stateside-replay-report',
    version: 1,
    stateside: '0.1.0',
    snapshot: { name: 's', digest: 'b'.repeat(64), jurisdiction: 'US', created_at: '2026-01-01T00:00:00Z' },
    baseline: ranker,
    candidate: ranker,
    settings: { seed: 1, limit: null, topK: 20 },
    requests: 10,
    candidates: 100,
    measures,
    outcomesDigest: 'c'.repeat(64),
  };
}

const facts: GateEvidence['facts'] = {
  bundleIntact: true,
  trainingJurisdictions: ['US', 'US'],
  featuresEqual: true,
  headsComplete: true,
  replayExact: true,
  snapshotJurisdiction: 'US',
  snapshotAgeDays: 30,
};
const good: GateEvidence = {
  report: report(
    measure('ndcg@10', 0.5, 0.51),
    measure('prevalence@5', 0.02, 0.01),
    measure('negative_feedback@5', 0.1, 0.1),
  ),
  facts,
};

const judge = (evidence: GateEvidence, name: string) =>
  judgeGates(DEFAULT, evidence).find((gate) => gate.name === name);

const rules = (op: string, on = 'candidate') =>
  parseGateRules(
    `version: 1\ngates: [{name: g, title: t, measure: ndcg@5, on: ${on}, op: ${op}, threshold: 0.5, required: true, reason: r}]`,
    'g',
  );

const refusal = (part: string, by: string): string => {
  expect(DEFAULT_TEXT).toContain(part);
  try {
    parseGateRules(DEFAULT_TEXT.replace(part, by), 'gates.yaml');
  } catch (error) {
    if (error instanceof StatesideError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'accepted';
};

const verdicts = (op: string, on?: string) =>
  [0.4, 0.5, 0.6].map(
    (value) =>
      judgeGates(rules(op, on), { ...good, report: report(measure('ndcg@5', 0, value)) })[0]?.verdict,
  );

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
    for (const { verdict, measured } of judgeGates(DEFAULT, nothing)) {
      expect({ verdict, measured }).toEqual({ verdict: 'no evidence', measured: null });
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

  it('only advise on the age of the snapshot', () => {
    expect(DEFAULT.gates.filter(({ required }) => !required).map(({ name }) => name)).toEqual([
      'snapshot_recent',
    ]);
  });
});

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

describe('gates are refused', () => {
  it.each([
    [
      'fact: bundle_intact',
      'fact: looks_nice',
      'gates[1].fact names no fact that is looked at; use training_jurisdiction, snapshot_jurisdiction, snapshot_age_days, bundle_intact, features_equal, heads_complete, replay_exact, review_coverage, review_agreement, open_escalations or review_dissent.',
    ],
    [
      'measure: ndcg@10',
      'measure: ndgc@10',
      'gates[5].measure is "ndgc@10", which no replay computes; use overlap@k, rbo, kendall_tau, first_changed, largest_move, mean_move, ndcg@k, map@k, mrr, precision@k, recall@k, play_time@k, prevalence@k, prevalence@k:<label>, any_labelled@k, labelled_exposure@k, negative_feedback@k, in_network@k, category_entropy@k, auc:<head>, calibration_error:<head>, worst_decile, catalogue_coverage, author_gini, author_top_share, exposure@k:<attribute>=<kind>, exposure_ratio@k:<attribute>=<kind>, exposure_parity@k:<attribute>, parity:ndcg@k:<slicing>, parity:prevalence@k:<slicing>, parity:labelled_exposure@k:<slicing>, parity:negative_feedback@k:<slicing>, ips:<signal>, snips:<signal>, dm:<signal> or dr:<signal>.',
    ],
    [
      'measure: ndcg@10\n    on: difference',
      'measure: rbo\n    on: candidate',
      'gates[5].on must be "difference", as this measure compares the two feeds; correct it.',
    ],
    [
      'measure: ndcg@10',
      'measure: ndcg@10\n    fact: bundle_intact',
      'gates[5] must be a map with exactly one of measure, fact; correct it.',
    ],
    ['op: gte', 'op: above', 'gates[5].op must be "lt" or "lte" or "gt" or "gte"; correct it.'],
    ['threshold: -0.005', 'threshold: low', 'gates[5].threshold must be a finite number; correct it.'],
    ['allow: [US]', 'allow: []', 'gates[0].allow must not be empty; fill it in.'],
    ['max: 90', 'max: -1', 'gates[8].max must be at least 0; raise it.'],
    ['required: true', 'required: maybe', 'gates[0].required must be true or false; correct it.'],
    [
      'fact: bundle_intact',
      'fact: bundle_intact\n    allow: [US]',
      'gates[1] has the unknown key "allow"; remove it or correct its spelling.',
    ],
    [
      'name: bundle_intact',
      'name: training_data_us',
      'gates[1].name "training_data_us" names a second gate; give each its own name.',
    ],
    ['version: 1', 'version: 2', 'version must be 1; correct it.'],
  ])('with %s put as %s', (part, by, sentence) => {
    expect(refusal(part, by)).toBe(`bad_input: gates.yaml: ${sentence}`);
  });
});
