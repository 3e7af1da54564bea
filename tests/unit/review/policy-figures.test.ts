import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allPolicies, withThoseBelow } from '../../../shared/domain/review/policy-figures.ts';
import { flatten, parsePolicyLibrary } from '../../../shared/domain/review/policy-library.ts';
import { tallyAudits } from '../../../shared/domain/review/quality.ts';
import { LIBRARY } from '../../fixtures/review/campaign.ts';

const { policies } = parsePolicyLibrary(LIBRARY.text, LIBRARY.fileName);
const figure = (policy: string, decisions: number) => ({
  ...{ policy, decisions, reversed: decisions % 3 },
  audits: tallyAudits(decisions % 2 === 0 ? ['upheld'] : ['wrong policy']),
});

test('a policy counts what was decided under those below it, and says what is its own', () => {
  const rows = withThoseBelow(policies, [
    figure('graphic_violence', 5),
    figure('violence', 2),
    figure('incitement', 4),
    figure('gone', 1),
  ]);
  expect(rows.map(({ policy, depth, own, whole }) => [policy, depth, own, whole.decisions])).toEqual([
    ['violence', 0, 2, 11],
    ['graphic_violence', 1, 5, 5],
    ['incitement', 1, 4, 4],
    ['gone', 0, 1, 1],
  ]);
  expect(rows[0]?.whole).toMatchObject({ reversed: 5, audits: { upheld: 2, 'wrong policy': 1 } });
});

test('all policies together count each decision once, whatever was decided', () => {
  const ids = [...flatten(policies).map(({ policy }) => policy.id), 'gone'];
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...ids), fc.nat(1000)), (decided) => {
      const figures = Object.entries(decided).map(([policy, decisions]) => figure(policy, decisions));
      const told = figures.filter(({ decisions }) => decisions > 0);
      const all = allPolicies(withThoseBelow(policies, told));
      expect(all.decisions).toBe(told.reduce((sum, { decisions }) => sum + decisions, 0));
      expect(Object.values(all.audits).reduce((sum, count) => sum + count, 0)).toBe(told.length);
    }),
  );
});
