import { z } from 'zod';
import type { ReviewFacts } from '../gates/review-facts.ts';
import { Sha256 } from '../release/manifest.ts';
import { Moment } from '../statements/statement.ts';
import { wilsonInterval } from '../statistics/wilson.ts';
import type { Review } from '../statements/release-statement.ts';
import { CampaignMode, DrawMethod, PREFERENCES, type Campaign } from './campaign.ts';
import { FEED_VERDICTS } from './decision.ts';
import type { Source } from './draw.ts';
import { unitsOf, type Judgement, type Unit } from './judgement.ts';
import { uncoveredVerdict } from './quality.ts';
import { Harm, HarmTally } from './harms.ts';
import type { Policy } from './policy-library.ts';
import { AgreementTally, ReportAgreement } from './report-agreement.ts';

const Opinion = z.object({
  person: z.string(),
  at: Moment,
  feed: z.int(),
  verdict: z.string(),
  note: z.string(),
});

/** What reports say in every version that a record may name. */
const Common = z.object({
  format: z.literal('stateside-review-report'),
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
  agreement: ReportAgreement,
  /** Every verdict against the release, with who gave it. */
  dissent: z.array(Opinion),
  escalations: z.object({ open: z.int(), closed: z.int() }),
  /** Subjects on which one person has two decisions in force, as a merge may bring. */
  conflicts: z.array(z.object({ person: z.string(), feed: z.int(), subject: z.string() })),
  decisions: z.int(),
});

/** What a campaign found, for the approver: named in the evidence by the SHA-256 of its canonical JSON. */
export const CampaignReport = Common.extend({
  version: z.literal(3),
  harms: z.array(Harm),
  /** Items and feeds on which a decision names any policy, each once. */
  harmed: z.object({ items: z.int(), feeds: z.int() }),
});
export type CampaignReport = z.infer<typeof CampaignReport>;

/** A report that a record may name: in version 2 each policy counted what names it alone, not those below it. */
export const AnyCampaignReport = z.discriminatedUnion('version', [
  CampaignReport,
  Common.extend({
    version: z.literal(2),
    harms: z.array(Harm.pick({ policy: true, items: true, feeds: true })),
  }),
]);

export interface ReportInput {
  readonly id: string;
  readonly campaign: Campaign;
  /** The tree that the campaign is judged by. */
  readonly policies: readonly Policy[];
  /** Of the decisions in force, those of a feed together. */
  readonly judgements: Iterable<readonly Judgement[]>;
  /** When (ISO 8601) a verdict was given, and its note: asked of verdicts against the release alone. */
  readonly opinion: (judgement: Judgement) => { readonly at: string; readonly note: string };
  readonly escalations: CampaignReport['escalations'];
  /** For the bootstrap. */
  readonly source: Source;
}

/** Sums a campaign up. Golden feeds say something of the reviewers and nothing of the release: they are left out. */
export function campaignReport({
  id,
  campaign,
  policies,
  judgements,
  opinion,
  escalations,
  source,
}: ReportInput): CampaignReport {
  const { name, mode, release, baseline } = campaign;
  const coverage = new Coverage(campaign);
  const harms = new HarmTally();
  const agreement = new AgreementTally();
  const verdicts = new Map<string, number>();
  const against: Judgement[] = [];
  const conflicts: CampaignReport['conflicts'] = [];
  let decisions = 0;
  for (const { feed, said } of uncovered(judgements, campaign)) {
    decisions += said.length;
    const units = unitsOf(said);
    coverage.add(feed, said);
    agreement.addFeed(units);
    conflicts.push(...conflictsOf(units));
    const opposed: Judgement[] = [];
    for (const judgement of said) {
      const { itemId, value, policy } = judgement;
      if (itemId === null) {
        verdicts.set(value, (verdicts.get(value) ?? 0) + 1);
        if (value === 'not acceptable' || value === 'baseline') opposed.push(judgement);
      } else if (policy !== null) harms.add(policy, itemId, feed);
    }
    against.push(...opposed.toSorted(byTime));
  }
  const scale: readonly string[] = mode === 'open' ? FEED_VERDICTS : PREFERENCES;
  const given = (verdict: string): number => verdicts.get(verdict) ?? 0;
  return {
    ...{ format: 'stateside-review-report', version: 3, campaign: id, name, mode, release, baseline },
    coverage: coverage.result(),
    verdicts: scale.map((verdict) => ({ verdict, count: given(verdict) })),
    preference: mode === 'blind' ? preferenceOf(given('candidate'), given('baseline')) : null,
    ...harms.result(policies),
    agreement: agreement.result(mode, source),
    dissent: against.map((judgement) => {
      const { person, feed, value } = judgement;
      const { at, note } = opinion(judgement);
      return { person, at, feed, verdict: value, note };
    }),
    escalations,
    conflicts,
    decisions,
  };
}

const byTime = (a: Judgement, b: Judgement): number =>
  a.at - b.at || (a.person === b.person ? a.seq - b.seq : a.person < b.person ? -1 : 1);

/** What was said of one feed after the other, sides uncovered. */
function* uncovered(
  judgements: ReportInput['judgements'],
  { feeds, mode }: Campaign,
): Generator<{ feed: number; said: readonly Judgement[] }> {
  for (const said of judgements) {
    const feed = said[0]?.feed ?? -1;
    const drawn = feeds[feed];
    if (drawn === undefined || drawn.answer !== undefined) continue;
    const { left } = drawn;
    const open = (judgement: Judgement): Judgement =>
      judgement.itemId === null
        ? { ...judgement, value: uncoveredVerdict(judgement.value, left) }
        : judgement;
    yield { feed, said: mode === 'blind' ? said.map(open) : said };
  }
}

/** The part of a release statement that speaks of review. */
export function reviewEvidence(report: z.infer<typeof Common>, reportDigest: string): Review {
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

/** What the report of these judgements would tell of conflicts, without the rest of it. */
export function conflictsAmong(
  judgements: ReportInput['judgements'],
  campaign: Campaign,
): CampaignReport['conflicts'] {
  const found: CampaignReport['conflicts'] = [];
  for (const { said } of uncovered(judgements, campaign)) found.push(...conflictsOf(unitsOf(said)));
  return found;
}

/** Subjects of one feed on which one person has two decisions in force. */
function conflictsOf(units: readonly Unit[]): CampaignReport['conflicts'] {
  const found: CampaignReport['conflicts'] = [];
  for (const unit of units) {
    if (new Set(unit.map(({ person }) => person)).size === unit.length) continue;
    const [{ feed, itemId } = { feed: 0, itemId: null }] = unit;
    const subject = itemId === null ? 'feed' : `item ${itemId}`;
    const twice = unit.filter(({ person }, at) => unit.findIndex((other) => other.person === person) < at);
    for (const person of new Set(twice.map((judgement) => judgement.person)))
      found.push({ person, feed, subject });
  }
  return found.toSorted((a, b) => (`${a.person} ${a.subject}` < `${b.person} ${b.subject}` ? -1 : 1));
}
