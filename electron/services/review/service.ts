import type { ServiceApi } from '../../../shared/contract/index.ts';
import { listCampaigns } from '../../database/review/campaigns.ts';
import type { ServiceContext } from '../context.ts';
import { workspaceRoster } from '../signoff/tables.ts';
import { bulkService } from './bulk.ts';
import { campaignRow, createCampaign } from './campaigns.ts';
import type { ReviewContext } from './context.ts';
import { deskService } from './desk.ts';
import { escalationsService } from './escalations.ts';
import { exportAside, mergeAside } from './exchange/aside.ts';
import { historyService } from './history.ts';
import { personalService } from './personal.ts';
import { policiesService } from './policies.ts';
import { qualityService } from './quality.ts';
import { queuesService } from './queues.ts';
import { writeReasonsAside } from './reasons-aside.ts';
import { reportOf } from './reports.ts';
import { requireReportOpen } from './seal.ts';
import type { ReviewSession } from './session.ts';

/** Review over the workspace's tables. Every deed carries the person whose key is unlocked here. */
export function reviewService(services: ServiceContext, session: ReviewSession): ServiceApi<'review'> {
  const { workspace, log, now, changed } = services;
  const { db } = workspace;
  const decided = (): void => changed('review', 'audit', 'signoff', 'workspace');
  const context: ReviewContext = { ...services, session, decided };
  const person = (): string | null => session.reviewer?.person ?? null;

  return {
    ...deskService(context),
    ...escalationsService(context),
    ...bulkService(context),
    ...historyService(context),
    ...personalService(context),
    ...policiesService(context),
    ...qualityService(context),
    ...queuesService(context),

    reviewer: async () => session.reviewer,
    reviewers: async () => session.reviewers(now()),

    campaigns: async () => listCampaigns(db).map((campaign) => campaignRow(db, campaign, person())),
    async create(input) {
      const { reviewer } = session.require();
      const campaign = createCampaign(db, log, input, reviewer.person, now());
      decided();
      return campaignRow(db, campaign, reviewer.person);
    },
    async report({ campaign }) {
      requireReportOpen(db, campaign, session.reader);
      return reportOf(services, campaign);
    },

    async exportCampaign({ campaign, path }) {
      const { reviewer, key } = session.require();
      const by = { person: reviewer.person, key, reader: session.reader };
      return { bytes: await exportAside(services, { campaign, by, now: now() }, path) };
    },
    async merge({ path }) {
      const { reviewer } = session.require();
      const { keys } = workspaceRoster(db);
      const merged = await mergeAside(services, { path, keys, actor: reviewer.person, now: now() });
      decided();
      return merged;
    },
    statementsOfReasons: ({ from, to, form, path, partial = false }) =>
      writeReasonsAside(
        { db, jobs: services.jobs },
        { from, to, reader: session.reader, partial },
        form,
        path,
      ),
  };
}
