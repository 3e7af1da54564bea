import { expect, test } from 'vitest';
import { withReview } from '../../../shared/domain/gates/judge.ts';
import { parseGateRules } from '../../../shared/domain/gates/rules.ts';

const RULES = parseGateRules(
  `version: 1
gates:
  - {name: coverage, title: Reviewed, fact: review_coverage, min: 0.9, required: true, reason: r}
  - {name: agreement, title: Agreed, fact: review_agreement, min: 0.4, required: false, reason: r}
  - {name: escalations, title: Closed, fact: open_escalations, max: 0, required: true, reason: r}
  - {name: dissent, title: No dissent, fact: review_dissent, max: 2, required: false, reason: r}
  - {name: intact, title: Intact, fact: bundle_intact, required: true, reason: r}
`,
  'gates.yaml',
);
const before = RULES.gates.map(({ name, title, required, reason }) => ({
  ...{ name, title, required, reason, rule: '', threshold: null, measured: null },
  verdict: name === 'intact' ? ('pass' as const) : ('no evidence' as const),
}));
const verdicts = (review: Parameters<typeof withReview>[2]) =>
  withReview(RULES, before, review).map(({ name, verdict }) => `${name} ${verdict}`);

test('gates on review hold against what the campaign found, and leave the others alone', () => {
  expect(verdicts({ coverage: 1, agreement: 0.5, openEscalations: 0, dissent: 2 })).toEqual([
    'coverage pass',
    'agreement pass',
    'escalations pass',
    'dissent pass',
    'intact pass',
  ]);
  expect(verdicts({ coverage: 0.89, agreement: 0.39, openEscalations: 1, dissent: 3 })).toEqual([
    'coverage fail',
    'agreement fail',
    'escalations fail',
    'dissent fail',
    'intact pass',
  ]);
  const none = [
    'coverage no evidence',
    'agreement no evidence',
    'escalations no evidence',
    'dissent no evidence',
  ];
  expect(verdicts(null)).toEqual([...none, 'intact pass']);
  expect(verdicts({ coverage: 1, agreement: null, openEscalations: 0, dissent: 0 })[1]).toBe(
    'agreement no evidence',
  );
});
