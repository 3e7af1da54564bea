import { z } from 'zod';
import type { ReviewFacts } from '../gates/review-facts.ts';
import { Sha256 } from '../release/manifest.ts';
import { Moment } from '../statements/statement.ts';
import { wilsonInterval } from '../statistics/wilson.ts';
import type { Review } from '../statements/release-statement.ts';
import {
  bootstrapInterval,
  cohenKappa,
  krippendorffAlpha,
  type Agreement,
  type Level,
  type Unit,
} from './agreement.ts';
import { CampaignMode, DrawMethod, PREFERENCES, type Campaign } from './campaign.ts';
import { FEED_VERDICTS, type Decision } from './decision.ts';
import { verdictOf } from './quality.ts';

const AgreementResult = z.object({
  statistic: z.string(),
  /** Units judged by two or more people. */
  units: z.int(),
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Why there is no number; null where there is one. */
  because: z.string().nullable(),
});
export type AgreementResult = z.infer<typeof AgreementResult>;

const Opinion = z.object({
  person: z.string(),
  at: Moment,
  feed: z.int(),
  verdict: z.string(),
  note: z.string(),
});

/** What a campaign found, for the approver: named in the evidence by the SHA-256 of its canonical JSON. */
export const CampaignReport = z.object({
  format: z.literal('stateside-review-report'),
  version: z.literal(1),
  campaign: Sha256,
  name: z.string(),
  mode: CampaignMode,
  release: Sha256,
  baseline: Sha256,
  coverage: z.object({
    feeds: z.int(),
    /** Feeds judged by as many people as the campaign asks for. */
    reviewed: z.int(),
    begun: z.int(),
    reviewers: z.array(z.object({ person: z.string(), feeds: z.int(), decisions: z.int() })),
    strata: z.array(z.object({ method: DrawMethod, feeds: z.int(), begun: z.int(), reviewed: z.int() })),
  }),
  /** Verdicts on feeds (open) or preferences between the releases (blind), each with how often it was given. */
  verdicts: z.array(z.object({ verdict: z.string(), count: z.int() })),
  /** Blind only: share of stated preferences that are for the candidate, with its 95 % Wilson interval. */
  preference: z
    .object({ candidate: z.int(), stated: z.int(), share: z.number(), low: z.number(), high: z.number() })
    .nullable(),
  harms: z.array(z.object({ policy: z.string(), items: z.int(), feeds: z.array(z.int()) })),
  agreement: z.object({ feeds: AgreementResult, items: AgreementResult, pairs: z.array(AgreementResult) }),
  /** Every verdict against the release, with who gave it. */
  dissent: z.array(Opinion),
  escalations: z.object({ open: z.int(), closed: z.int() }),
  /** Subjects on which one person has two decisions in force, as a merge may bring. */
  conflicts: z.array(z.object({ person: z.string(), feed: z.int(), subject: z.string() })),
  decisions: z.int(),
});
export type CampaignReport = z.infer<typeof CampaignReport>;

export interface ReportInput {
  readonly id: string;
  readonly campaign: Campaign;
  /** Those in force. */
  readonly decisions: readonly Decision[];
  readonly escalations: CampaignReport['escalations'];
  /** A random whole number in [0, n), for the bootstrap. */
  readonly below: (count: number) => number;
}

/** Sums a campaign up. */
export function campaignReport({ id, campaign, escalations, below, ...input }: ReportInput): CampaignReport {
  // A golden feed says something of the reviewers and nothing of the release.
  const decisions = input.decisions.filter(({ feed }) => campaign.feeds[feed]?.answer === undefined);
  const verdicts = decisions.flatMap((decision) => {
    const verdict = verdictOf(decision.ruling, campaign.feeds[decision.feed]?.left ?? 'baseline');
    return verdict === null ? [] : [{ decision, verdict }];
  });
  const scale: readonly string[] = campaign.mode === 'open' ? FEED_VERDICTS : PREFERENCES;
  const people = [...new Set(decisions.map(({ person }) => person))].toSorted();
  const feedUnits = unitsOf(
    verdicts.map(({ decision, verdict }) => ({
      unit: String(decision.feed),
      coder: decision.person,
      value: verdict,
    })),
  );
  const itemUnits = unitsOf(
    decisions.flatMap(({ feed, person, ruling }) =>
      ruling.kind === 'item'
        ? [{ unit: `${feed} ${ruling.itemId}`, coder: person, value: ruling.actions.toSorted().join('+') }]
        : [],
    ),
  );
  const ordinal: Level =
    campaign.mode === 'open' ? { kind: 'ordinal', order: FEED_VERDICTS } : { kind: 'nominal' };
  const against = verdicts.filter(({ verdict }) => verdict === 'not acceptable' || verdict === 'baseline');
  return {
    format: 'stateside-review-report',
    version: 1,
    campaign: id,
    name: campaign.name,
    mode: campaign.mode,
    release: campaign.release,
    baseline: campaign.baseline,
    coverage: coverageOf(
      campaign,
      verdicts.map(({ decision }) => decision),
      decisions,
    ),
    verdicts: scale.map((verdict) => ({
      verdict,
      count: verdicts.filter((given) => given.verdict === verdict).length,
    })),
    preference: campaign.mode === 'blind' ? preferenceOf(verdicts.map(({ verdict }) => verdict)) : null,
    harms: harmsOf(decisions),
    agreement: {
      feeds: alphaOf(feedUnits, ordinal, below),
      items: alphaOf(itemUnits, { kind: 'nominal' }, below),
      pairs: people.flatMap((first, at) =>
        people
          .slice(at + 1)
          .map((second) =>
            result(`Cohen’s κ, ${first} and ${second}`, cohenKappa(feedUnits, first, second), null),
          ),
      ),
    },
    dissent: against.map(({ decision: { person, at, feed, ruling }, verdict }) => ({
      person,
      at,
      feed,
      verdict,
      note: ruling.note,
    })),
    escalations,
    conflicts: conflictsOf(decisions),
    decisions: decisions.length,
  };
}

/** The part of a release statement that speaks of review. */
export function reviewEvidence(report: CampaignReport, reportDigest: string): Review {
  const { campaign, coverage, agreement, dissent, escalations } = report;
  const { statistic, value, low, high } = agreement.feeds;
  return {
    coverage: {
      requests: coverage.feeds,
      reviewed: coverage.reviewed,
      reviewers: coverage.reviewers.length,
    },
    agreement: value === null || low === null || high === null ? null : { statistic, value, low, high },
    dissent: dissent.map(({ person, at, feed, verdict, note }) => ({
      person,
      at,
      reason: `Feed ${feed + 1}: ${verdict}${note === '' ? '' : `. ${note}`}`,
    })),
    campaign,
    reportDigest,
    escalations,
  };
}

/** What gates ask of a campaign. */
export const reviewFacts = ({ coverage, agreement, escalations, dissent }: CampaignReport): ReviewFacts => ({
  coverage: coverage.feeds === 0 ? 0 : coverage.reviewed / coverage.feeds,
  agreement: agreement.feeds.value,
  openEscalations: escalations.open,
  dissent: dissent.length,
});

function coverageOf(
  campaign: Campaign,
  judged: readonly Decision[],
  decisions: readonly Decision[],
): CampaignReport['coverage'] {
  const judges = campaign.feeds.map(() => new Set<string>());
  for (const { feed, person } of judged) judges[feed]?.add(person);
  const tally = (wanted: (stratum: number) => boolean) => {
    const of = campaign.feeds.flatMap(({ stratum, second, answer }, feed) =>
      answer === undefined && wanted(stratum)
        ? [{ size: judges[feed]?.size ?? 0, wanted: campaign.reviewersPerFeed + (second === true ? 1 : 0) }]
        : [],
    );
    return {
      feeds: of.length,
      begun: of.filter(({ size }) => size > 0).length,
      reviewed: of.filter(({ size, wanted }) => size >= wanted).length,
    };
  };
  const people = [...new Set(decisions.map(({ person }) => person))].toSorted();
  return {
    ...tally(() => true),
    reviewers: people.map((person) => ({
      person,
      feeds: judges.filter((of) => of.has(person)).length,
      decisions: decisions.filter((decision) => decision.person === person).length,
    })),
    strata: campaign.strata.map(({ method }, at) => ({ method, ...tally((stratum) => stratum === at) })),
  };
}

function preferenceOf(verdicts: readonly string[]): CampaignReport['preference'] {
  const candidate = verdicts.filter((verdict) => verdict === 'candidate').length;
  const stated = candidate + verdicts.filter((verdict) => verdict === 'baseline').length;
  if (stated === 0) return null;
  return { candidate, stated, share: candidate / stated, ...wilsonInterval(candidate, stated) };
}

function harmsOf(decisions: readonly Decision[]): CampaignReport['harms'] {
  const found = new Map<string, { items: Set<string>; feeds: Set<number> }>();
  for (const { feed, ruling } of decisions) {
    if (ruling.kind !== 'item' || ruling.policy === null) continue;
    const harm = found.get(ruling.policy) ?? { items: new Set(), feeds: new Set() };
    harm.items.add(ruling.itemId);
    harm.feeds.add(feed);
    found.set(ruling.policy, harm);
  }
  return [...found]
    .map(([policy, { items, feeds }]) => ({
      policy,
      items: items.size,
      feeds: [...feeds].toSorted((a, b) => a - b),
    }))
    .toSorted((a, b) => b.items - a.items || (a.policy < b.policy ? -1 : 1));
}

function conflictsOf(decisions: readonly Decision[]): CampaignReport['conflicts'] {
  const seen = new Map<string, { person: string; feed: number; subject: string; count: number }>();
  for (const { person, feed, ruling } of decisions) {
    const subject = ruling.kind === 'item' ? `item ${ruling.itemId}` : 'feed';
    const key = `${feed} ${person} ${subject}`;
    const entry = seen.get(key) ?? { person, feed, subject, count: 0 };
    entry.count += 1;
    seen.set(key, entry);
  }
  return [...seen.values()]
    .filter(({ count }) => count > 1)
    .map(({ person, feed, subject }) => ({ person, feed, subject }));
}

function unitsOf(values: readonly { unit: string; coder: string; value: string }[]): Unit[] {
  const units = new Map<string, Map<string, string>>();
  for (const { unit, coder, value } of values) {
    const known = units.get(unit) ?? new Map<string, string>();
    known.set(coder, value);
    units.set(unit, known);
  }
  return [...units.values()];
}

function alphaOf(units: readonly Unit[], level: Level, below: (count: number) => number): AgreementResult {
  const statistic = (of: readonly Unit[]) => krippendorffAlpha(of, level);
  const found = statistic(units);
  const interval = found.kind === 'value' ? bootstrapInterval(units, statistic, below) : null;
  return result(`Krippendorff’s α, ${level.kind}`, found, interval);
}

function result(
  statistic: string,
  found: Agreement,
  interval: { low: number; high: number } | null,
): AgreementResult {
  const value = found.kind === 'value' ? found.value : null;
  const because =
    found.kind === 'value'
      ? null
      : found.kind === 'no variation'
        ? 'only one value was ever given, so chance cannot be told from agreement'
        : `not enough overlap: ${found.units} judged by two, ${found.needed} needed`;
  return {
    statistic,
    units: found.units,
    value,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    because,
  };
}
