import type { Database } from 'better-sqlite3';
import { refused } from '../../../shared/domain/error.ts';
import type { LeadAudit } from '../../../shared/domain/review/lead-audit.ts';
import {
  answersGolden,
  paceOf,
  shareOf,
  tallyAudits,
  teamQuality,
  timesOf,
  type Quality,
  type Share,
} from '../../../shared/domain/review/quality.ts';
import { coverageOf } from '../../database/review/campaigns.ts';
import { getDecision } from '../../database/review/decisions.ts';
import { historyRow } from '../../database/review/history.ts';
import { insertLeadAudit, leadAuditsOf, unaudited } from '../../database/review/lead-audits.ts';
import {
  auditedDecisions,
  decisionsByPolicy,
  goldenDecisions,
  reversedBy,
  secondVerdicts,
  submissionsOf,
} from '../../database/review/quality.ts';
import { canonicalDigest } from '../signoff/digest.ts';
import { Random } from '../snapshots/synth/random.ts';
import type { Part, ReviewContext } from './context.ts';
import { policiesSealedBecause, requireReadable } from './seal.ts';

/** Leads' audits, and how well reviewers and policies do. */
export function qualityService({
  workspace: { db },
  log,
  session,
  now,
  decided,
}: ReviewContext): Part<'auditDecision' | 'leadAudits' | 'auditSample' | 'quality'> {
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
      const quality = qualityOf(db, campaign);
      const withheld = policiesSealedBecause(db, campaign, session.reader);
      const shown = { ...quality, policies: withheld === null ? quality.policies : [], withheld };
      if (session.leads()) return shown;
      return { ...shown, reviewers: shown.reviewers.filter(({ person }) => person === reviewer.person) };
    },
  };
}

/** The figures of a campaign per reviewer, of all together and per policy. */
export function qualityOf(db: Database, campaign: string): Quality {
  const audits = auditedDecisions(db, campaign);
  const reversed = reversedBy(db, campaign, 'person');
  const golden = goldenShares(db, campaign);
  const second = secondShares(db, campaign);
  const submitted = grouped(submissionsOf(db, campaign), ({ person }) => person);
  const times = new Map([...submitted].map(([person, rows]) => [person, timesOf(rows.map(({ at }) => at))]));
  const reviewers = coverageOf(db, campaign, []).reviewers.map(({ person, feeds, decisions }) => ({
    person,
    feeds,
    decisions,
    reversed: reversed.get(person) ?? 0,
    golden: golden(person),
    second: second(person),
    audits: tallyAudits(audits.filter((audit) => audit.person === person).map(({ outcome }) => outcome)),
    pace: paceOf(times.get(person) ?? []),
  }));
  const reversedPolicies = reversedBy(db, campaign, 'policy');
  return {
    reviewers,
    team: teamQuality(reviewers, [...times.values()].flat()),
    policies: [...decisionsByPolicy(db, campaign)].map(([policy, decisions]) => ({
      policy,
      decisions,
      reversed: reversedPolicies.get(policy) ?? 0,
      audits: tallyAudits(audits.filter((audit) => audit.policy === policy).map(({ outcome }) => outcome)),
    })),
  };
}

function goldenShares(db: Database, campaign: string): (person: string) => Share {
  const feeds = grouped(goldenDecisions(db, campaign), ({ person, feed }) => `${feed} ${person}`);
  const answered = [...feeds.values()].flatMap(([first, ...rest]) => {
    if (first === undefined) return [];
    const rulings = [first, ...rest].map(({ body }) => body.ruling);
    return [{ person: first.person, right: answersGolden(rulings, first.answer, first.left) }];
  });
  return (person) => {
    const own = answered.filter((answer) => answer.person === person);
    return shareOf(own.filter(({ right }) => right).length, own.length);
  };
}

function secondShares(db: Database, campaign: string): (person: string) => Share {
  const shares = new Map<string, { hits: number; of: number }>();
  for (const verdicts of grouped(secondVerdicts(db, campaign), ({ feed }) => String(feed)).values()) {
    for (const [at, { person, verdict }] of verdicts.entries()) {
      const others = verdicts.filter((_, other) => other !== at);
      const share = shares.get(person) ?? { hits: 0, of: 0 };
      share.of += others.length;
      share.hits += others.filter((other) => other.verdict === verdict).length;
      shares.set(person, share);
    }
  }
  return (person) => shareOf(shares.get(person)?.hits ?? 0, shares.get(person)?.of ?? 0);
}

function grouped<Value>(values: readonly Value[], key: (value: Value) => string): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const name = key(value);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [value]);
    else group.push(value);
  }
  return groups;
}
