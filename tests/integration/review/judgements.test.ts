import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { judgementsOf } from '../../../electron/database/review/judgements.ts';
import { foundWorkspace } from '../../../electron/database/workspace/found.ts';
import { testFolder } from '../../fixtures/replay/folder.ts';
import { gatesFile } from '../../fixtures/replay/gates-file.ts';
import { AT, insertMadeCampaign } from '../../fixtures/review/campaign.ts';
import { decide } from '../../fixtures/review/decided.ts';

test('decisions in force are read feed by feed, whatever order they came in, without those that were reversed', async () => {
  const workspace = await foundWorkspace(join(testFolder(), 'team'), {
    name: 'Team',
    sample: false,
    gatesFile,
  });
  onTestFinished(() => workspace.close());
  const campaign = insertMadeCampaign(workspace, 40, 2);
  const on = (feed: number, person = 'sam.okafor') => ({ feed, person });
  decide(workspace, campaign, { itemId: '7', actions: ['remove', 'escalate'], severity: 4 }, on(9));
  const fine = { itemId: '1', actions: ['fine' as const], policy: null, reason: null, severity: null };
  const first = decide(workspace, campaign, { itemId: '1' }, on(2));
  decide(workspace, campaign, fine, on(2, 'lucia.ortega'));
  decide(workspace, campaign, { itemId: '2', severity: 1 }, on(0));
  decide(workspace, campaign, fine, { ...on(2), reverses: first });
  const at = Date.parse(AT);
  const sam = { person: 'sam.okafor', at };
  expect([...judgementsOf(workspace.db, campaign.id)]).toEqual([
    [{ ...sam, seq: 4, feed: 0, itemId: '2', value: 'demote', policy: 'spam', severity: 1 }],
    [
      {
        ...sam,
        seq: 3,
        feed: 2,
        person: 'lucia.ortega',
        itemId: '1',
        value: 'fine',
        policy: null,
        severity: null,
      },
      { ...sam, seq: 5, feed: 2, itemId: '1', value: 'fine', policy: null, severity: null },
    ],
    [{ ...sam, seq: 1, feed: 9, itemId: '7', value: 'escalate+remove', policy: 'spam', severity: 4 }],
  ]);
  expect([...judgementsOf(workspace.db, 'unknown')]).toEqual([]);
});
