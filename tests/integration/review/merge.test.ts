import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorkspace } from '../../../electron/database/workspace/open.ts';
import { openAuditLog } from '../../../electron/services/audit/service.ts';
import { mergeCampaign } from '../../../electron/services/review/exchange/merge.ts';
import { canonicalDigest } from '../../../electron/services/signoff/digest.ts';
import { workspaceRoster } from '../../../electron/services/signoff/tables.ts';
import type { Decision, ItemRuling, Ruling } from '../../../shared/domain/review/decision.ts';
import { merge, mergeWorld, type MergeWorld } from './merge-world.ts';

let world: MergeWorld;
beforeAll(async () => {
  world = await mergeWorld();
}, 120_000);
afterAll(() => world.close());

test('any order, repetition and split of the files gives the same state', async () => {
  const [largest, second] = await world.exportedAll();
  if (largest === undefined || second === undefined) throw new Error('too few campaigns');
  const whole = await world.mergedState('whole', [largest, second]);
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.nat(50), { minLength: 40, maxLength: 40 }),
      fc.infiniteStream(fc.nat()),
      async (parts, cut, order) => {
        const pieces = [...world.split(largest, parts, (at) => cut[at % cut.length] ?? 0), second];
        const all = [...pieces, ...pieces.filter((_, at) => at % 2 === 0)]
          .map((file) => ({ file, at: order.next().value }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ file }) => file);
        run += 1;
        expect(await world.mergedState(`run-${run}`, all)).toBe(whole);
      },
    ),
    { numRuns: 6, endOnFailure: true },
  );
});

test('a file whose escalations or audits are of decisions nobody has is refused whole', async () => {
  const [file] = await world.exportedAll();
  if (file === undefined) throw new Error('no campaign');
  const step = { decision: canonicalDigest('nobody has it'), state: 'closed', person: 'lead.analyst' };
  const orphaned = world.signedWhole({
    ...world.wholeOf(file),
    escalations: [{ ...step, at: '2026-11-21T00:00:00.000Z', comment: '', owner: null, due: null }],
  });
  const workspace = await world.emptyWorkspace('orphans');
  expect(() => merge(workspace, openAuditLog(workspace), orphaned)).toThrow(
    /speaks of the decision [0-9a-f]{64}, which neither it nor the workspace holds; export the campaign again/,
  );
  expect(workspace.db.prepare('SELECT count(*) FROM review_campaign').pluck().get()).toBe(0);
  workspace.close();
});

test('a decision that the desk of its campaign would not have taken is refused by its place, and nothing is merged', async () => {
  const files = (await world.exportedAll()).map((path) => world.wholeOf(path));
  const file = (mode: 'open' | 'blind') => {
    const found = files.find(({ campaign }) => campaign.mode === mode);
    if (found === undefined) throw new Error(`no ${mode} campaign`);
    return found;
  };
  const workspace = await world.emptyWorkspace('admitted');
  const log = openAuditLog(workspace);
  const before = workspace.db.serialize();
  /** Merges one decision alone that was made into another. */
  const merging = (
    mode: 'open' | 'blind',
    change: (decision: Decision) => Partial<Decision>,
    decisions: Decision[] = [],
  ) => {
    const whole = file(mode);
    const made = whole.decisions.find(({ ruling }) => ruling.kind === 'item' && ruling.policy !== null);
    if (made === undefined) throw new Error('no ruling under a policy');
    const changed = { ...made, ...change(made) };
    const path = world.signedWhole({
      ...whole,
      decisions: [...decisions, changed],
      escalations: [],
      audits: [],
    });
    return () => merge(workspace, log, path);
  };
  const item =
    (to: Partial<ItemRuling>) =>
    ({ ruling }: Decision) => {
      if (ruling.kind !== 'item') throw new Error('no item');
      return { ruling: { ...ruling, ...to } };
    };
  const verdict: Ruling = { kind: 'feed', verdict: 'acceptable', note: '' };
  const preference: Ruling = { kind: 'preference', preferred: 'left', note: '' };
  const another = canonicalDigest('another');
  const first = file('open').decisions[0];
  if (first === undefined) throw new Error('no decision');
  for (const [merged, because] of [
    [merging('blind', () => ({ ruling: verdict })), 'takes a preference ruling'],
    [merging('open', () => ({ ruling: preference })), 'takes a feed ruling'],
    [merging('open', item({ policy: 'nowhere' })), 'has no policy "nowhere"'],
    [merging('open', item({ reason: 'nowhere' })), 'has no reason code "nowhere"'],
    [merging('open', item({ policy: null })), 'name the policy it violates'],
    [merging('open', item({ policy: 'spam', actions: ['fine'] })), 'cannot be fine and violate'],
    [
      merging('open', ({ seen }) => ({ seen: { ...seen, snapshot: another } })),
      'was made on another snapshot',
    ],
    [merging('open', ({ seen }) => ({ seen: { ...seen, releases: [another] } })), 'other releases'],
  ] as const)
    expect(merged).toThrow(because);
  const reversing = merging('open', () => ({ ...first, ruling: verdict, reverses: canonicalDigest(first) }), [
    first,
  ]);
  expect(reversing).toThrow(/decision 2 reverses the decision [0-9a-f]{64}, which is not the same person's/);
  expect(workspace.db.serialize().equals(before)).toBe(true);
  workspace.close();
});

test('an item that the feed cannot show is refused where the snapshot is at hand, and a file that has none merges', async () => {
  const here = openWorkspace(world.workload.folder);
  const log = openAuditLog(here);
  const [path = ''] = await world.exportedAll();
  const whole = world.wholeOf(path);
  const of = whole.decisions.find(({ ruling }) => ruling.kind === 'item');
  if (of?.ruling.kind !== 'item') throw new Error('no item');
  const withItem = (itemId: string) =>
    world.signedWhole({
      ...{ ...whole, escalations: [], audits: [] },
      decisions: [{ ...of, ruling: { ...of.ruling, itemId, note: 'made for this' } }],
    });
  const elsewhere = withItem('999999999');
  expect(() => merge(here, log, elsewhere)).toThrow(
    'decision 1 is on item 999999999, which its feed cannot show',
  );
  expect(merge(here, log, withItem(of.ruling.itemId))).toMatchObject({ added: 1 });
  const there = await world.emptyWorkspace('without the snapshot');
  const { campaign } = merge(there, openAuditLog(there), elsewhere);
  there.close();
  const lines = await world.exportedFrom(there.folder, campaign, 'elsewhere');
  expect(() => merge(here, log, lines)).toThrow(/: line \d, decision 1 is on item 999999999/);
  here.close();
});

test('a merge that is stopped at whatever line or piece leaves the workspace as it was', async () => {
  const [path = ''] = await world.exportedAll();
  const workspace = await world.emptyWorkspace('stopped');
  const { db } = workspace;
  const log = openAuditLog(workspace);
  const task = { path, keys: workspaceRoster(db).keys, actor: 'test', now: '2026-11-22T00:00:00.000Z' };
  const before = db.serialize();
  const stoppedAfter = (looks: number): boolean => {
    let left = looks;
    try {
      mergeCampaign(db, log, task, { stopped: () => (left -= 1) < 0 });
      return false;
    } catch (error) {
      expect(error).toMatchObject({ code: 'cancelled' });
      expect(db.serialize().equals(before)).toBe(true);
      return true;
    }
  };
  let looks = 0;
  while (stoppedAfter(looks)) looks += 1;
  expect(looks).toBeGreaterThan(5);
  expect(log.verify().ok).toBe(true);
  workspace.close();
});
