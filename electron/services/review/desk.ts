import type { ReviewTask } from '../../../shared/contract/review/desk.ts';
import { holdersOf, type Place } from '../../database/review/assignments.ts';
import { campaignTerms, progressOf } from '../../database/review/campaigns.ts';
import { preferencesOf, TEAM } from '../../database/review/desk.ts';
import { preferencesInForce } from '../../../shared/domain/review/preferences.ts';
import { refused } from '../../../shared/domain/error.ts';
import type { Part, ReviewContext } from './context.ts';
import { addRuling, reverse, submit, undoRuling } from './decide.ts';
import {
  claim,
  giveBack,
  handOver,
  hold,
  othersAt,
  peek,
  renew,
  setAside,
  type Claimed,
  type Wanted,
} from './lease.ts';
import { ShownFeeds } from './shown-feeds.ts';

type DeskMethods =
  'claim' | 'renew' | 'hold' | 'handOver' | 'giveBack' | 'holders' | 'rule' | 'undo' | 'submit' | 'reverse';

/** The desk of the person at this window: a feed is claimed, ruled on step by step, and submitted. */
export function deskService(context: ReviewContext): Part<DeskMethods> {
  const { workspace, log, session, now, changed, decided } = context;
  const { db } = workspace;
  const feeds = new ShownFeeds(context);
  /** Where the person took their last feed from. */
  let wanted: Wanted = null;
  const mine = (place: Omit<Place, 'person'>): Place => ({
    ...place,
    person: session.requireReviewer().person,
  });

  /** The next feed without a topic the person opted out of; what has one is left to others. */
  async function claimNext(wanted: Wanted, person: string): Promise<Claimed | null> {
    const { optOut } = preferencesInForce(preferencesOf(db, TEAM), preferencesOf(db, person));
    for (;;) {
      const claimed = claim(db, wanted, person, now());
      if (claimed === null || optOut.length === 0 || (wanted !== null && 'feed' in wanted)) return claimed;
      const { shown } = await feeds.get(claimed.campaign, claimed.feed);
      const topics = shown.items.flatMap(({ labels }) => labels.map(({ label }) => label));
      if (!topics.some((topic) => optOut.includes(topic))) return claimed;
      setAside(db, { campaign: claimed.campaign, feed: claimed.feed, person }, now());
    }
  }

  async function claimTask(asked: Asked): Promise<ReviewTask | null> {
    const { person } = session.requireReviewer();
    wanted = wantedOf(asked);
    const claimed = await claimNext(wanted, person);
    if (claimed === null) return null;
    const { shown } = await feeds.get(claimed.campaign, claimed.feed);
    const { revision, steps, leaseUntil, from, note } = claimed.assignment;
    return {
      ...shown,
      campaign: claimed.campaign,
      feed: claimed.feed,
      revision,
      steps,
      leaseUntil,
      policies: campaignTerms(db, claimed.campaign).policies,
      others: othersAt(db, { ...claimed, person }, now()),
      handedOver: from === null ? null : { from, note },
      ...progressOf(db, claimed.campaign, person),
    };
  }

  return {
    claim: claimTask,
    renew: async (place) => ({ leaseUntil: renew(db, mine(place), now()) }),
    async hold({ until, note, ...place }) {
      hold(db, mine(place), until, note, now());
      changed('review');
    },
    async handOver({ to, note, ...place }) {
      if (!session.reviewers(now()).some(({ person }) => person === to))
        throw refused(`${to} is no reviewer of the US team with a valid key; choose one who is.`);
      handOver(db, log, mine(place), { person: to, note }, now());
      changed('review', 'audit');
    },
    async giveBack(place) {
      giveBack(db, mine(place), now());
      changed('review');
    },
    holders: async ({ campaign }) => holdersOf(db, campaign, null, now()),
    async rule({ ruling, ...at }) {
      const { person } = session.requireReviewer();
      const shown = await feeds.get(at.campaign, at.feed);
      const draft = addRuling(db, at, person, ruling, shown, now());
      // while the person judges this feed the next one is ranked; nobody holds it yet
      if (draft.steps.length === 1 || ruling.kind !== 'item') {
        const line = wanted === null || 'feed' in wanted ? { campaign: at.campaign } : wanted;
        const next = peek(db, line, at.feed, person, now());
        if (next !== null) feeds.prepare(next.campaign, next.feed);
      }
      return draft;
    },
    undo: async (at) => undoRuling(db, at, session.requireReviewer().person, now()),
    async submit({ next: asked, ...at }) {
      const reviewer = session.requireReviewer();
      const decisions = submit(db, log, at, reviewer, await feeds.get(at.campaign, at.feed), now());
      decided();
      // what was decided is on disk, whatever becomes of the next feed
      const next = asked === undefined ? undefined : await claimTask(asked).catch(() => undefined);
      return next === undefined ? { decisions } : { decisions, next };
    },
    async reverse({ decision, ruling }) {
      const stored = reverse(db, log, decision, ruling, session.requireReviewer(), now());
      decided();
      return { ...stored.decision, id: stored.id, reversedBy: null };
    },
  };
}

type Asked = Parameters<Part<'claim'>['claim']>[0];

function wantedOf({ campaign, feed, queue }: Asked): Wanted {
  if (campaign !== undefined) return feed === undefined ? { campaign } : { campaign, feed };
  return queue === undefined ? null : { queue };
}
