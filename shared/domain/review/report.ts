import { z } from 'zod';
import type { ReviewFacts } from '../gates/review-facts.ts';
import { Sha256 } from '../release/manifest.ts';
import { Moment } from '../statements/statement.ts';
import { wilsonInterval } from '../statistics/wilson.ts';
import type { Review } from '../statements/release-statement.ts';
import { CampaignMode, DrawMethod, PREFERENCES, type Campaign } from './campaign.ts';
import { FEED_VERDICTS } from './decision.ts';
import type { Source } from './draw.ts';
import type { Judgement } from './judgement.ts';
import { uncoveredVerdict } from './quality.ts';
import { AgreementTally, ReportAgreement } from './report-agreement.ts';

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
  version: z.literal(2),
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
  agreement: ReportAgreement,
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
  /** Of the decisions in force, feed by feed. */
  readonly judgements: Iterable<Judgement>;
  readonly escalations: CampaignReport['escalations'];
  /** For the bootstrap. */
  readonly source: Source;
}

/** Sums a campaign up. Golden feeds say something of the reviewers and nothing of the release: they are left out. */
export function campaignReport({
  id,
  campaign,
  judgements,
  escalations,
  source,
}: ReportInput): CampaignReport {
  const { name, mode, release, baseline } = campaign;
  const coverage = new Coverage(campaign);
  const harms = new Map<string, { items: Set<string>; feeds: Set<number> }>();
  const agreement = new AgreementTally();
  const verdicts = new Map<string, number>();
  const against: Judgement[] = [];
  const conflicts: CampaignReport['conflicts'] = [];
  let decisions = 0;
  for (const { feed, said } of feedByFeed(judgements, campaign)) {
    decisions += said.length;
    coverage.add(feed, said);
    agreement.addFeed(said);
    conflicts.push(...conflictsOf(said));
    for (const judgement of said) {
      const { itemId, value, policy } = judgement;
      if (itemId === null) verdicts.set(value, (verdicts.get(value) ?? 0) + 1);
      if (itemId === null && (value === 'not acceptable' || value === 'baseline')) against.push(judgement);
      if (itemId === null || policy === null) continue;
      const harm = harms.get(policy) ?? { items: new Set(), feeds: new Set() };
      harm.items.add(itemId);
      harm.feeds.add(feed);
      harms.set(policy, harm);
    }
  }
  const scale: readonly string[] = mode === 'open' ? FEED_VERDICTS : PREFERENCES;
  const given = (verdict: string): number => verdicts.get(verdict) ?? 0;
  return {
    ...{ format: 'stateside-review-report', version: 2, campaign: id, name, mode, release, baseline },
    coverage: coverage.result(),
    verdicts: scale.map((verdict) => ({ verdict, count: given(verdict) })),
    preference: mode === 'blind' ? preferenceOf(given('candidate'), given('baseline')) : null,
    harms: [...harms]
      .map(([policy, { items, feeds }]) => ({ policy, items: items.size, feeds: [...feeds] }))
      .toSorted((a, b) => b.items - a.items || (a.policy < b.policy ? -1 : 1)),
    agreement: agreement.result(mode, source),
    dissent: against.map(({ person, at, feed, value, note }) => ({ person, at, feed, verdict: value, note })),
    escalations,
    conflicts,
    decisions,
  };
}

/** What was said of one feed after the other, sides uncovered, in order of time and person. */
function* feedByFeed(
  judgements: Iterable<Judgement>,
  { feeds }: Campaign,
): Generator<{ feed: number; said: Judgement[] }> {
  let said: Judgement[] = [];
  const sorted = () =>
    said.toSorted((a, b) => (a.at === b.at ? (a.person < b.person ? -1 : 1) : a.at < b.at ? -1 : 1));
  for (const judgement of judgements) {
    const { feed, itemId, value } = judgement;
    const drawn = feeds[feed];
    if (drawn === undefined || drawn.answer !== undefined) continue;
    const [first] = said;
    if (first !== undefined && first.feed !== feed) {
      yield { feed: first.feed, said: sorted() };
      said = [];
    }
    said.push(itemId === null ? { ...judgement, value: uncoveredVerdict(value, drawn.left) } : judgement);
  }
  const [first] = said;
  if (first !== undefined) yield { feed: first.feed, said: sorted() };
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

class Coverage {
  readonly #campaign: Campaign;
  /** People who gave a verdict, by feed. */
  readonly #judges: number[];
  readonly #people = new Map<string, { feeds: number; decisions: number }>();

  constructor(campaign: Campaign) {
    this.#campaign = campaign;
    this.#judges = campaign.feeds.map(() => 0);
  }

  add(feed: number, said: readonly Judgement[]): void {
    const judges = new Set<string>();
    for (const { person, itemId } of said) {
      if (itemId === null) judges.add(person);
      const own = this.#people.get(person) ?? { feeds: 0, decisions: 0 };
      own.decisions += 1;
      this.#people.set(person, own);
    }
    this.#judges[feed] = judges.size;
    for (const person of judges) {
      const own = this.#people.get(person);
      if (own !== undefined) own.feeds += 1;
    }
  }

  result(): CampaignReport['coverage'] {
    const { feeds, strata, reviewersPerFeed } = this.#campaign;
    const tally = (wanted: (stratum: number) => boolean) => {
      const of = feeds.flatMap(({ stratum, second, answer }, feed) =>
        answer === undefined && wanted(stratum)
          ? [{ size: this.#judges[feed] ?? 0, wanted: reviewersPerFeed + (second === true ? 1 : 0) }]
          : [],
      );
      return {
        feeds: of.length,
        begun: of.filter(({ size }) => size > 0).length,
        reviewed: of.filter(({ size, wanted }) => size >= wanted).length,
      };
    };
    return {
      ...tally(() => true),
      reviewers: [...this.#people]
        .map(([person, { feeds, decisions }]) => ({ person, feeds, decisions }))
        .toSorted((a, b) => (a.person < b.person ? -1 : 1)),
      strata: strata.map(({ method }, at) => {
        const { feeds, begun, reviewed } = tally((stratum) => stratum === at);
        return { method, feeds, begun, reviewed };
      }),
    };
  }
}

function preferenceOf(candidate: number, baseline: number): CampaignReport['preference'] {
  const stated = candidate + baseline;
  if (stated === 0) return null;
  return { candidate, stated, share: candidate / stated, ...wilsonInterval(candidate, stated) };
}

/** Subjects of one feed on which one person has two decisions in force. */
function conflictsOf(said: readonly Judgement[]): CampaignReport['conflicts'] {
  const seen = new Map<string, { person: string; feed: number; subject: string; count: number }>();
  for (const { person, feed, itemId } of said) {
    const subject = itemId === null ? 'feed' : `item ${itemId}`;
    const key = `${person} ${subject}`;
    const found = seen.get(key) ?? { person, feed, subject, count: 0 };
    found.count += 1;
    seen.set(key, found);
  }
  return [...seen.values()]
    .filter(({ count }) => count > 1)
    .map(({ person, feed, subject }) => ({ person, feed, subject }))
    .toSorted((a, b) => (`${a.person} ${a.subject}` < `${b.person} ${b.subject}` ? -1 : 1));
}
