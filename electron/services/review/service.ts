import type { ServiceApi } from '../../../shared/contract/index.ts';
import type { DecisionRow, EscalationRow, ReviewTask } from '../../../shared/contract/review.ts';
import { refused, StatesideError } from '../../../shared/domain/error.ts';
import { nextStates, requireTransition } from '../../../shared/domain/review/report-state.ts';
import {
  campaignFeed,
  campaignTerms,
  getLibrary,
  listCampaigns,
  listLibraries,
  progressOf,
} from '../../database/review/campaigns.ts';
import { decisionsOf, getDecision } from '../../database/review/decisions.ts';
import { addEscalationStep, escalationsOf } from '../../database/review/escalations.ts';
import { getSnapshot } from '../../database/workspace/snapshots.ts';
import type { ServiceContext } from '../context.ts';
import { rankerOf, refOf } from '../replay/ranker.ts';
import { canonicalDigest } from '../signoff/digest.ts';
import { workspaceRoster } from '../signoff/tables.ts';
import { campaignRow, createCampaign, reportOf } from './campaigns.ts';
import { changeDraft, claim, reverse, submit } from './decide.ts';
import { exportCampaign, mergeCampaign } from './exchange.ts';
import { addLibrary } from './policies.ts';
import { statementsOfReasons } from './reasons.ts';
import { ReviewSession } from './session.ts';
import { showFeed, type ShownFeed } from './task.ts';

/** Review over the workspace's tables. Every deed carries the person whose key is unlocked here. */
export function reviewService(context: ServiceContext): ServiceApi<'review'> {
  const { workspace, pool, log, bundles, snapshotFiles, now, changed } = context;
  const { db } = workspace;
  const session = new ReviewSession(workspace);
  const decided = (): void => changed('review', 'audit', 'signoff', 'workspace');

  async function show(campaign: string, feed: number): Promise<ShownFeed> {
    const terms = campaignTerms(db, campaign);
    const drawn = campaignFeed(db, campaign, feed);
    const { info } = getSnapshot(db, terms.snapshot);
    await snapshotFiles.require(info);
    const side = async (digest: string) => {
      const bundle = await bundles.get(digest);
      return { ranker: rankerOf(bundle), ref: refOf(bundle) };
    };
    const comparison = await pool.ask('feed', {
      snapshot: { path: info.path, digest: terms.snapshot, name: info.meta.name },
      baseline: await side(terms.baseline),
      candidate: await side(terms.release),
      requestId: drawn.requestId,
    });
    return showFeed(terms, drawn, comparison);
  }

  return {
    reviewer: async () => session.reviewer,
    async unlock({ keyId, passphrase }) {
      const reviewer = session.unlock(keyId, passphrase, now());
      changed('review');
      return reviewer;
    },
    async lock() {
      session.lock();
      changed('review');
    },

    libraries: async () =>
      listLibraries(db).map(({ digest, library: { version, title }, importedAt }) => ({
        digest,
        version,
        title,
        importedAt,
      })),
    library: async ({ digest }) => getLibrary(db, digest),
    async importLibrary(file) {
      const { reviewer } = session.require();
      const row = addLibrary(workspace, log, file, reviewer.person, now());
      changed('review', 'audit');
      return row;
    },

    campaigns: async () => listCampaigns(db).map((campaign) => campaignRow(db, campaign)),
    async create(input) {
      const { reviewer } = session.require();
      const campaign = createCampaign(db, log, input, reviewer.person, now());
      decided();
      return campaignRow(db, campaign);
    },
    async report({ campaign }) {
      const report = reportOf(db, campaign);
      return { report, digest: canonicalDigest(report) };
    },

    async claim({ campaign }) {
      const { person } = session.requireReviewer();
      const claimed = claim(db, campaign, person, now());
      if (claimed === null) return null;
      const { feed, draft } = claimed;
      const { shown } = await show(campaign, feed);
      const task: ReviewTask = {
        ...shown,
        campaign,
        feed,
        revision: draft.revision,
        steps: draft.steps,
        leaseUntil: draft.leaseUntil,
        policies: campaignTerms(db, campaign).policies,
        ...progressOf(db, campaign, person),
      };
      return task;
    },
    rule: async ({ ruling, ...at }) => changeDraft(db, at, session.requireReviewer().person, ruling, now()),
    undo: async (at) => changeDraft(db, at, session.requireReviewer().person, null, now()),
    async submit(at) {
      const reviewer = session.requireReviewer();
      const { seen } = await show(at.campaign, at.feed);
      const decisions = submit(db, log, at, reviewer, seen, now());
      decided();
      return { decisions };
    },
    async reverse({ decision, ruling }) {
      const stored = reverse(db, log, decision, ruling, session.requireReviewer(), now());
      decided();
      return { ...stored.decision, id: stored.id, reversedBy: null };
    },
    async decisions({ campaign }) {
      const all = decisionsOf(db, campaign);
      const reversedBy = new Map(all.map(({ id, decision }) => [decision.reverses, id]));
      return all.map(({ id, decision }): DecisionRow =>
        Object.assign({ id, reversedBy: reversedBy.get(id) ?? null }, decision),
      );
    },

    async escalations({ campaign }) {
      return escalationsOf(db, campaign).map(
        ({ decision: id, state, person, at, comment }): EscalationRow => {
          const { feed, ruling, person: raisedBy } = getDecision(db, id);
          return {
            decision: id,
            feed,
            itemId: ruling.kind === 'item' ? ruling.itemId : '',
            note: ruling.note,
            raisedBy,
            state,
            next: [...nextStates(state)],
            changedBy: person,
            changedAt: at,
            comment,
          };
        },
      );
    },
    async moveEscalation({ decision, from, to, comment }) {
      const { reviewer } = session.require();
      const at = now();
      db.transaction(() => {
        const { campaign } = getDecision(db, decision);
        const step = escalationsOf(db, campaign).find((found) => found.decision === decision);
        if (step === undefined) throw refused('The decision was not escalated; escalate its item first.');
        if (step.state !== from)
          throw new StatesideError(
            'conflict',
            `${step.person} made the escalation ${step.state} at ${step.at}; read it again and go on from there`,
          );
        requireTransition(from, to);
        addEscalationStep(db, { decision, state: to, person: reviewer.person, at, comment });
        const body = { from, to, comment, keyId: reviewer.keyId };
        log.append({ at, actor: reviewer.person, action: 'review.escalation', subject: decision, body });
      }).immediate();
      decided();
    },

    async exportCampaign({ campaign }) {
      const { reviewer, key } = session.require();
      return exportCampaign(db, campaign, { person: reviewer.person, key }, now());
    },
    async merge(file) {
      const { reviewer } = session.require();
      const merged = mergeCampaign(db, log, file, workspaceRoster(db).keys, reviewer.person, now());
      decided();
      return merged;
    },
    statementsOfReasons: async ({ from, to, form }) => statementsOfReasons(db, from, to, form),
  };
}
