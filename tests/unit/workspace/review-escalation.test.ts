import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { addEscalationStep, findEscalation, stepsOf } from '../../../electron/database/review/escalations.ts';
import { foundWorkspace } from '../../../electron/database/workspace/found.ts';
import { identifiedStep } from '../../../electron/services/review/escalation-steps.ts';
import { ReportState } from '../../../shared/domain/review/report-state.ts';
import { testFolder } from '../../fixtures/replay/folder.ts';
import { gatesFile } from '../../fixtures/replay/gates-file.ts';
import { AT, insertMadeCampaign } from '../../fixtures/review/campaign.ts';
import { decide } from '../../fixtures/review/decided.ts';

test('an escalation stands where the last of its listed steps left it, also among steps of one moment', async () => {
  const folder = join(testFolder(), 'team');
  const workspace = await foundWorkspace(folder, { name: 'Team', sample: false, gatesFile });
  onTestFinished(() => workspace.close());
  const { db } = workspace;
  const campaign = insertMadeCampaign(workspace, 1, 1);
  let item = 0;
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          state: fc.constantFrom(...ReportState.options),
          later: fc.boolean(),
          comment: fc.string(),
        }),
        { minLength: 1, maxLength: 6 },
      ),
      (steps) => {
        const decision = decide(workspace, campaign, { itemId: String((item += 1)) });
        for (const { later, ...step } of steps) {
          const at = later ? '2026-11-24T12:00:00.001Z' : AT;
          const rest = { decision, person: 'sam.okafor', owner: null, due: null };
          addEscalationStep(db, identifiedStep({ ...step, ...rest, at }));
        }
        const last = stepsOf(db, decision).at(-1);
        expect(findEscalation(db, decision)).toMatchObject({ state: last?.state, changedAt: last?.at });
      },
    ),
    { numRuns: 60 },
  );
});
