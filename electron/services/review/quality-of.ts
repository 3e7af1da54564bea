import type { Database } from 'better-sqlite3';
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
import type { Told } from '../../database/review/told.ts';
import {
  auditedDecisions,
  decisionsByPolicy,
  goldenDecisions,
  reversedBy,
  secondVerdicts,
  submissionsOf,
} from '../../database/review/quality.ts';

/** The figures of a campaign per reviewer, of all together and per policy. */
export function qualityOf(db: Database, campaign: string, told: Told = () => {}): Quality {
  const audits = auditedDecisions(db, campaign);
  const reversed = reversedBy(db, campaign, 'person');
  const golden = goldenShares(db, campaign);
  const second = secondShares(db, campaign);
  told(0.2);
  const times = new Map([...submissionsOf(db, campaign)].map(([person, at]) => [person, timesOf(at)]));
  told(0.6);
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
