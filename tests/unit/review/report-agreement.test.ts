import { expect, test } from 'vitest';
import { Random } from '../../../electron/services/snapshots/synth/random.ts';
import { unitsOf, type Judgement } from '../../../shared/domain/review/judgement.ts';
import { AgreementTally } from '../../../shared/domain/review/report-agreement.ts';

const said = (feed: number, person: string, more: Partial<Judgement>): Judgement => ({
  ...{ seq: 1, feed, person, at: Date.parse('2026-11-24T12:00:00.000Z'), itemId: null, value: 'acceptable' },
  ...{ policy: null, severity: null, ...more },
});

/** Ann and Ben judge an item of each of ten feeds; they call it spam together in four, Ann alone in two. */
function tallied() {
  const tally = new AgreementTally();
  for (let feed = 0; feed < 10; feed += 1) {
    const spam = { policy: 'spam', value: 'demote', severity: 1 + (feed % 3) };
    const fine = { value: 'fine' };
    tally.addFeed(
      unitsOf([
        said(feed, 'ann', { itemId: '7', ...(feed < 6 ? spam : fine) }),
        said(feed, 'ben', { itemId: '7', ...(feed < 4 ? spam : fine) }),
        said(feed, 'ann', { value: feed < 5 ? 'acceptable' : 'not acceptable' }),
        said(feed, 'ben', { value: feed < 5 ? 'acceptable' : 'not acceptable' }),
      ]),
    );
  }
  return tally.result('open', Random.seeded(1));
}

test('agreement on a policy counts what nobody found to violate it', () => {
  const [spam] = tallied().policies;
  // 20 values, 10 of them yes; two units differ: 1 − 19 · 4 / (2 · 10 · 10)
  expect(spam).toMatchObject({ policy: 'spam', named: { units: 10, because: null } });
  expect(spam?.named.value).toBeCloseTo(1 - (19 * 4) / 200, 12);
});

test('severity is compared where two say that the policy is violated, and says so where that is too seldom', () => {
  const [spam] = tallied().policies;
  expect(spam?.severity).toMatchObject({
    ...{ statistic: 'Krippendorff’s α, ordinal', value: null },
    because: 'not enough overlap: 4 judged by two, 5 needed',
  });
});

test('two reviewers are compared on feeds and on items, each with its interval', () => {
  const { pairs, feeds, feedsByName } = tallied();
  expect(pairs).toMatchObject([
    { first: 'ann', second: 'ben', feeds: { value: 1, low: 1, high: 1 }, items: { units: 10 } },
  ]);
  // p_o = 0.8, p_e = 0.6 · 0.4 + 0.4 · 0.6
  expect(pairs[0]?.items.value).toBeCloseTo((0.8 - 0.48) / (1 - 0.48), 12);
  expect(pairs[0]?.items.low).toBeLessThan(0.6);
  expect(feeds).toMatchObject({ statistic: 'Krippendorff’s α, ordinal', value: 1 });
  expect(feedsByName).toMatchObject({ statistic: 'Krippendorff’s α, nominal', value: 1 });
});

test('of two decisions of one person the later counts, and people who judged nothing both make no pair', () => {
  const tally = new AgreementTally();
  for (let feed = 0; feed < 6; feed += 1)
    tally.addFeed(
      unitsOf([
        said(feed, 'ann', { value: 'not acceptable', at: Date.parse('2026-11-24T13:00:00.000Z') }),
        said(feed, 'ann', {}),
        said(feed, feed < 5 ? 'ben' : 'cem', { value: feed % 2 === 0 ? 'not acceptable' : 'acceptable' }),
      ]),
    );
  const { feeds, pairs } = tally.result('open', Random.seeded(1));
  expect(feeds.units).toBe(6);
  expect(pairs.map(({ first, second, feeds: { units } }) => [first, second, units])).toEqual([
    ['ann', 'ben', 5],
    ['ann', 'cem', 1],
  ]);
});
