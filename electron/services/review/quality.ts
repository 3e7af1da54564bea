import { refused } from '../../../shared/domain/error.ts';
import type { LeadAudit } from '../../../shared/domain/review/lead-audit.ts';
import { getDecision } from '../../database/review/decisions.ts';
import { historyRow } from '../../database/review/history.ts';
import { insertLeadAudit, leadAuditsOf, unaudited } from '../../database/review/lead-audits.ts';
import { canonicalDigest } from '../signoff/digest.ts';
import { Random } from '../snapshots/synth/random.ts';
import type { Part, ReviewContext } from './context.ts';
import { qualityOf } from './quality-of.ts';
import { policiesSealedBecause, requireReadable } from './seal.ts';
import { summedAside } from './sums-aside.ts';

/** Leads' audits, and how well reviewers and policies do. */
export function qualityService(
  context: ReviewContext,
): Part<'auditDecision' | 'leadAudits' | 'auditSample' | 'quality'> {
  const { workspace, log, session, now, decided } = context;
  const { db } = workspace;
  return {
    async auditDecision({ decision, outcome, note }) {
      const { person, keyId } = session.requireLead();
      const at = now();
      const audit: LeadAudit = {
        ...{ format: 'stateside-review-audit', decision, outcome, note, person, keyId, at },
      };
      db.transaction(() => {
        if (getDecision(db, decision).person === person)
          throw refused('The decision is your own; another lead has to look at it.');
        requireReadable(db, decision, session.reader);
        const id = canonicalDigest(audit);
        insertLeadAudit(db, id, audit);
        log.append({
          ...{ at, actor: person, action: 'review.audit', subject: decision, body: { audit: id, keyId } },
          texts: { outcome, note },
        });
      }).immediate();
      decided();
      return audit;
    },
    async leadAudits({ campaign }) {
      const { reviewer } = session.require();
      const of = session.leads() ? null : reviewer.person;
      return leadAuditsOf(db, campaign, { reader: session.reader, of });
    },
    async auditSample({ campaign, count, seed }) {
      session.requireLead();
      const random = Random.seeded(seed);
      const all = unaudited(db, campaign, session.reader);
      const drawn = Math.min(count, all.length);
      for (let at = 0; at < drawn; at += 1) {
        const other = at + random.below(all.length - at);
        [all[at], all[other]] = [all[other] ?? 0, all[at] ?? 0];
      }
      return all.slice(0, drawn).map((seq) => historyRow(db, seq));
    },
    async quality({ campaign }) {
      const { reviewer } = session.require();
      const leads = session.leads();
      const withheld = policiesSealedBecause(db, campaign, session.reader);
      const quality = await summedAside(context, campaign, {
        ...{ title: 'Work out figures of quality', route: '/review/quality' },
        here: () => qualityOf(db, campaign),
        there: (threads, task) => threads.walk('campaignQuality', task),
      });
      const shown = { ...quality, policies: withheld === null ? quality.policies : [], withheld };
      if (leads) return shown;
      return { ...shown, reviewers: shown.reviewers.filter(({ person }) => person === reviewer.person) };
    },
  };
}
