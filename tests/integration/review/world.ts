import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { ReviewTask } from '../../../shared/contract/review/desk.ts';
import type { EscalationDetail } from '../../../shared/contract/review/escalations.ts';
import type { HistoryRow } from '../../../shared/contract/review/history.ts';
import { workspacePaths } from '../../../electron/database/workspace/open.ts';
import { openAuditLog } from '../../../electron/services/audit/service.ts';
import { installPeople } from '../../../electron/services/signoff/install-people.ts';
import { testFolder } from '../../fixtures/replay/folder.ts';
import { makeBundles, makeSnapshot } from '../../fixtures/replay/made.ts';
import { newServices, type Opened } from '../../fixtures/replay/services.ts';
import { LIBRARY } from '../../fixtures/review/campaign.ts';

const PEOPLE = join(import.meta.dirname, '../../../resources/sample/people');
export const PASSPHRASE = 'stateside sample';

export interface ReviewWorld extends Opened {
  readonly policies: string;
  readonly replayId: string;
  /** Unlocks the sample key of a person by name. */
  as(name: string): Promise<void>;
  keyOf(name: string): Promise<string>;
}

/** A team with people, a policy library, and a finished replay of a re-weighed release; judged by gates of its own, if any. */
export async function reviewWorld(gates?: string, library = LIBRARY): Promise<ReviewWorld> {
  const opened = await newServices();
  if (gates !== undefined) writeFileSync(workspacePaths(opened.workspace.folder).gates, gates);
  const { workspace, services } = opened;
  await installPeople(workspace, openAuditLog(workspace), PEOPLE, new Date().toISOString());
  const folder = testFolder();
  const { path, features } = makeSnapshot(folder);
  const bundles = makeBundles(folder, features);
  const snapshot = await services.snapshots.add({ path });
  const baseline = await services.releases.import({ path: bundles.baseline });
  const candidate = await services.releases.import({ path: bundles.reweighed });
  const settings = { seed: 1, limit: null, topK: 5 };
  const { replayId, jobId } = await services.replay.start({
    ...{ snapshot: snapshot.digest, baseline: baseline.digest, candidate: candidate.digest, settings },
  });
  expect((await services.jobs.ended(jobId)).state).toBe('done');
  const keyOf = async (name: string): Promise<string> =>
    (await services.signoff.people()).find(({ person }) => person === name)?.keyId ?? '';
  const as = async (name: string): Promise<void> => {
    await services.roster.unlock({ keyId: await keyOf(name), passphrase: PASSPHRASE, minutes: 60 });
  };
  await as('Mara Quiñones');
  const { digest: policies } = await services.review.importLibrary(library);
  return { ...opened, policies, replayId, as, keyOf };
}

/** A campaign of four feeds, worked by two people. */
export const created = ({ services, replayId, policies }: ReviewWorld, mode: 'open' | 'blind' = 'open') =>
  services.review.create({
    ...{
      replayId,
      policies,
      mode,
      name: 'November, first look',
      reviewersPerFeed: 2,
      due: '2026-12-01',
      seed: 5,
    },
    strata: [
      { method: 'biggest movers', count: 2 },
      { method: 'uniform', count: 2 },
    ],
  });

/** The next feed of the person at the window. */
export async function claimed({ services }: ReviewWorld, campaign: string): Promise<ReviewTask> {
  const task = await services.review.claim({ campaign });
  if (task === null) throw new Error('no feed is left');
  return task;
}

/** Every decision of a campaign, the oldest first. */
export async function decided({ services }: ReviewWorld, campaign: string): Promise<HistoryRow[]> {
  const { rows } = await services.review.history({ filter: { campaign }, offset: 0, limit: 500 });
  return rows.toReversed();
}

/** Every escalation the person may read, of a campaign or of all, as it is opened. */
export async function escalations(
  { services: { review } }: ReviewWorld,
  campaign?: string,
): Promise<EscalationDetail[]> {
  const { rows } = await review.escalations({
    ...{ filter: { campaign }, sort: 'urgency', desc: false, offset: 0, limit: 200 },
  });
  return Promise.all(rows.map(({ decision }) => review.escalation({ decision })));
}
