import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAuditLog } from '../../../electron/services/audit/service.ts';
import { mergeCampaign } from '../../../electron/services/review/exchange/merge.ts';
import { canonicalDigest } from '../../../electron/services/signoff/digest.ts';
import { workspaceRoster } from '../../../electron/services/signoff/tables.ts';
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
