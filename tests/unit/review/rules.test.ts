import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { csvLine } from '../../../shared/domain/csv.ts';
import { Stratum } from '../../../shared/domain/review/campaign.ts';
import { requireAllowed, type ItemRuling } from '../../../shared/domain/review/decision.ts';
import { rulingsOf } from '../../../shared/domain/review/draft.ts';
import { drawFeeds, drawSecond, mixGolden, type Drawable } from '../../../shared/domain/review/draw.ts';
import { parsePolicyLibrary, policyLibraryYaml } from '../../../shared/domain/review/policy-library.ts';
import { nextStates, ReportState, requireTransition } from '../../../shared/domain/review/report-state.ts';
import { Random } from '../../../electron/services/snapshots/synth/random.ts';

const text = readFileSync(join(import.meta.dirname, '../../../resources/policies/us-2026.2.yaml'), 'utf8');
const library = parsePolicyLibrary(text, 'us-2026.2.yaml');

const item = (change: Partial<ItemRuling>): ItemRuling => ({
  kind: 'item',
  itemId: '7',
  actions: ['demote'],
  policy: 'spam',
  reason: 'fraud',
  severity: 2,
  note: '',
  revealed: false,
  ...change,
});

test('a report moves between states as the open atproto moderation service lets it, and no other way', () => {
  const allowed = ReportState.options.flatMap((from) => nextStates(from).map((to) => `${from} → ${to}`));
  expect(allowed.toSorted()).toEqual(
    [
      'open → closed',
      'open → escalated',
      'open → queued',
      'open → assigned',
      'closed → open',
      'escalated → open',
      'escalated → closed',
      'queued → assigned',
      'queued → open',
      'queued → closed',
      'assigned → open',
      'assigned → closed',
      'assigned → escalated',
      'assigned → queued',
    ].toSorted(),
  );
  for (const from of ReportState.options) {
    for (const to of ReportState.options) {
      const step = () => requireTransition(from, to);
      if (nextStates(from).includes(to)) expect(step).not.toThrow();
      else expect(step).toThrow(`A report that is ${from} cannot become ${to}`);
    }
  }
});

describe('the policy library', () => {
  test.each([
    ['id: spam', 'id: hate', 'twice'],
    ['code: fraud,', 'code: impersonation,', 'the reason "impersonation" of spam twice'],
    ['STATEMENT_CATEGORY_VIOLENCE', 'STATEMENT_CATEGORY_RUDE', 'dsa_category'],
    ['jurisdiction: US', 'jurisdiction: EU', 'jurisdiction'],
    ['severity: 4', 'severity: 5', 'severity'],
    ['reason_required: true', 'reason_wanted: true', 'policies[0]'],
  ])('with %s made %s is refused', (from, to, says) => {
    expect(() => parsePolicyLibrary(text.replace(from, to), 'mine.yaml')).toThrow(says);
  });
});

describe('a ruling', () => {
  test('that its policy allows passes', () => {
    requireAllowed(item({}), library);
    requireAllowed(item({ actions: ['fine'], policy: null, reason: null }), library);
    requireAllowed(item({ actions: ['escalate'], policy: null, reason: null }), library);
    requireAllowed(item({ actions: ['demote', 'escalate'] }), library);
    requireAllowed({ kind: 'feed', verdict: 'acceptable', note: '' }, library);
  });

  test.each([
    [{ policy: null, reason: null }, 'name the policy it violates'],
    [{ policy: 'rudeness' }, 'has no policy "rudeness"'],
    [{ reason: null }, 'asks for a reason code'],
    [{ reason: 'slur' }, 'has no reason code "slur"'],
    [{ policy: 'minor_safety', reason: 'grooming' }, 'does not allow to demote'],
    [{ actions: ['fine', 'demote'] }, 'cannot be fine and violate a policy'],
    [{ actions: ['fine'] }, 'cannot be fine and violate a policy'],
    [{ actions: ['demote', 'demote'] }, 'the same action twice'],
  ] satisfies [Partial<ItemRuling>, string][])('%j is refused', (change, says) => {
    expect(() => requireAllowed(item(change), library)).toThrow(says);
  });

  test('takes the place of the earlier one of the same item', () => {
    const feed = { kind: 'feed', verdict: 'acceptable', note: '' } as const;
    expect(rulingsOf([item({}), feed, item({ actions: ['fine'] }), item({ itemId: '8' })])).toEqual([
      item({ actions: ['fine'] }),
      feed,
      item({ itemId: '8' }),
    ]);
  });
});

describe('a campaign’s draw', () => {
  const requests: Drawable[] = Array.from({ length: 400 }, (_, at) => ({
    requestId: String(at),
    rbo: 1 - (at % 10) / 20,
    labelled: at < 40 ? 9 : at < 80 ? 1 : 0,
    requestedAt: `2026-11-${String(1 + (at % 28)).padStart(2, '0')}T00:00:00Z`,
    candidates: 50 + at,
    changed: at % 10 > 0,
    firstChanged: at % 20 > 10,
  }));
  const draw = (seed: number, ...strata: Parameters<typeof drawFeeds>[1]) =>
    drawFeeds(requests, strata, Random.seeded(seed));
  const ids = (feeds: ReturnType<typeof draw>) => feeds.map(({ requestId }) => requestId);

  test('of a slice takes what lies in it alone', () => {
    const slice = {
      from: '2026-11-05',
      to: '2026-11-08',
      only: 'first changed',
      candidatesAtLeast: 100,
    } as const;
    const drawn = draw(1, { method: 'slice', count: 400, slice });
    const fits = requests.filter(
      ({ requestedAt, candidates, firstChanged }) =>
        requestedAt >= slice.from && requestedAt < slice.to && candidates >= 100 && firstChanged,
    );
    expect(ids(drawn).toSorted()).toEqual(fits.map(({ requestId }) => requestId).toSorted());
    expect(fits.length).toBeGreaterThan(0);
    expect(Stratum.safeParse({ method: 'slice', count: 1 }).success).toBe(false);
  });

  test('gives the wanted share of feeds to one person more, drawn by the seed', () => {
    const feeds = draw(1, { method: 'uniform', count: 200 });
    const marked = drawSecond(feeds, 0.25, Random.seeded(3));
    expect(marked.filter(({ second }) => second)).toHaveLength(50);
    expect(drawSecond(feeds, 0.25, Random.seeded(3))).toEqual(marked);
    expect(drawSecond(feeds, 0, Random.seeded(3))).toEqual(feeds);
  });

  test('mixes golden feeds in once each, and refuses one that the replay lacks or that is given twice', () => {
    const feeds = draw(1, { method: 'uniform', count: 200 });
    const answer = { verdict: 'acceptable', items: [] } as const;
    const golden = [0, 1, 2, 3, 4].map((at) => ({ requestId: String(at), answer: { ...answer, items: [] } }));
    const mixed = mixGolden(feeds, golden, requests, Random.seeded(1));
    const known = mixed.filter(({ answer }) => answer !== undefined).map(({ requestId }) => requestId);
    expect(known.toSorted()).toEqual(['0', '1', '2', '3', '4']);
    expect(new Set(ids(mixed)).size).toBe(mixed.length);
    const other = { requestId: 'x', answer: { ...answer, items: [] } };
    expect(() => mixGolden(feeds, [other], requests, Random.seeded(1))).toThrow('has no request x');
    const twice = [...golden.slice(0, 1), ...golden.slice(0, 1)];
    expect(() => mixGolden(feeds, twice, requests, Random.seeded(1))).toThrow('given twice');
  });

  test('is the same for the same seed, another for another, and holds no request twice', () => {
    const strata = [
      { method: 'uniform', count: 50 },
      { method: 'biggest movers', count: 50 },
    ] as const;
    expect(draw(1, ...strata)).toEqual(draw(1, ...strata));
    expect(ids(draw(1, ...strata))).not.toEqual(ids(draw(2, ...strata)));
    expect(new Set(ids(draw(1, ...strata))).size).toBe(100);
    expect(new Set(draw(1, ...strata).map(({ left }) => left))).toEqual(new Set(['baseline', 'candidate']));
  });

  test('takes the feeds that moved most, and those with most labelled items high up', () => {
    expect(ids(draw(1, { method: 'biggest movers', count: 40 })).every((id) => Number(id) % 10 === 9)).toBe(
      true,
    );
    expect(ids(draw(1, { method: 'labelled high up', count: 40 })).every((id) => Number(id) < 40)).toBe(true);
    expect(draw(1, { method: 'labelled high up', count: 500 })).toHaveLength(80);
  });

  test('prefers exposed feeds in proportion', () => {
    const firsts = Array.from({ length: 500 }, (_, seed) =>
      ids(draw(seed, { method: 'weighted by exposure', count: 1 })),
    );
    const heavy = firsts.filter(([id]) => Number(id) < 40).length;
    expect(heavy).toBeGreaterThan(420);
    expect(heavy).toBeLessThan(480);
  });
});

test('a cell that a spreadsheet would run as a formula is made text', () => {
  const cells = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', 'a "b", c', 'plain', 3, null];
  expect(csvLine(cells)).toBe(`'=1+1,'+1,'-1,'@SUM(A1),'\tx,"a ""b"", c",plain,3,\r\n`);
});

test('a policy library written as YAML is read back as the same version', () => {
  const awkward = { ...library, title: 'A: “title” # with\n- signs', version: '1.10' };
  for (const version of [library, awkward])
    expect(parsePolicyLibrary(policyLibraryYaml(version), 'written.yaml')).toEqual(version);
});
