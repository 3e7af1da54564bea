import { describe, expect, it } from 'vitest';
import { StatesideError } from '../../../../shared/domain/error.ts';
import { parseGateRules } from '../../../../shared/domain/gates/rules.ts';
import { DEFAULT_TEXT } from '../../../fixtures/gates/evidence.ts';

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
    expect(refusal(part, by).replace(/line \d+: /, '')).toBe(`bad_input: gates.yaml: ${sentence}`);
  });

  it.each([
    ['op: gte', 'op: above', 'op: above'],
    ['allow: [US]', 'allow: []', 'allow: []'],
    ['fact: bundle_intact', 'fact: bundle_intact\n    allow: [US]', 'allow: [US]'],
    ['measure: ndcg@10\n    on: difference', 'measure: rbo\n    on: candidate', 'on: candidate'],
    ['owner: US data governance', 'owner: 7', 'owner: 7'],
    ['    threshold: -0.005\n', '', '- name: ranking_quality'],
    ['version: 1', 'version: 2', 'version: 2'],
  ])('naming the line where %j was put as %j', (part, by, line) => {
    const text = DEFAULT_TEXT.replace(part, by).split('\n');
    const [, named] = /gates\.yaml: line (\d+): /.exec(refusal(part, by)) ?? [];
    expect(text[Number(named) - 1]?.trim()).toBe(line);
  });
});
