import { expect, test } from 'vitest';
import { gateDifferences, gateWords } from '../../../../shared/domain/gates/difference.ts';
import { withRevision } from '../../../../shared/domain/gates/revision.ts';
import { parseGateRules } from '../../../../shared/domain/gates/rules.ts';

const QUALITY = `  - name: quality
    title: Quality holds
    measure: ndcg@10
    on: difference
    op: gte
    threshold: -0.005
    required: true
    reason: It must.
`;
const RECENT = `  - name: recent
    title: Recent
    fact: snapshot_age_days
    max: 90
    required: false
    reason: |
      Old requests say little;
      revision: 9 of this text is about that.
`;
const rules = (...gates: string[]) => parseGateRules(`version: 1\ngates:\n${gates.join('')}`, 'gates.yaml');

test('gates are told in words, and differ by what changed in them', () => {
  expect(gateWords(rules(QUALITY))[0]?.rule).toBe(
    'nDCG@10 of the candidate minus the baseline is at least −0.005',
  );
  expect(gateDifferences(rules(QUALITY, RECENT), rules(QUALITY, RECENT))).toEqual([]);
  const eased = QUALITY.replace('-0.005', '-0.02').replace('required: true', 'required: false');
  const [changed, gone] = gateDifferences(rules(QUALITY, RECENT), rules(eased));
  expect(changed).toMatchObject({ name: 'quality', before: { required: true }, after: { required: false } });
  expect(changed?.after?.rule).toMatch(/−0\.02$/);
  expect(gone).toMatchObject({ name: 'recent', after: null });
  expect(gateDifferences(rules(QUALITY), rules(QUALITY, RECENT))).toMatchObject([{ before: null }]);
});

test('the revision is counted up in its own line alone', () => {
  const text = `# the team's\nversion: 1\n# Count it up\nrevision: 3  # ours\ngates:\n${RECENT}`;
  expect(withRevision(text, 4)).toBe(text.replace('revision: 3', 'revision: 4'));
  const without = `version: 1 # first\ngates:\n${RECENT}`;
  expect(withRevision(without, 2)).toBe(`version: 1 # first\nrevision: 2\ngates:\n${RECENT}`);
});
