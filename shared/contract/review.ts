import { z } from 'zod';
import { CampaignMode, GoldenAnswer, Stratum } from '../domain/review/campaign.ts';
import { Decision, Ruling } from '../domain/review/decision.ts';
import { EscalationStep } from '../domain/review/escalation.ts';
import { DecisionFilter, SavedFilter } from '../domain/review/filter.ts';
import { AuditOutcome, LeadAudit } from '../domain/review/lead-audit.ts';
import { Macro } from '../domain/review/macro.ts';
import { PolicyLibrary } from '../domain/review/policy-library.ts';
import { OwnPreferences, Preferences } from '../domain/review/preferences.ts';
import { Quality } from '../domain/review/quality.ts';
import { Queue } from '../domain/review/queue.ts';
import { CampaignReport } from '../domain/review/report.ts';
import { ReportState } from '../domain/review/report-state.ts';
import { RankerRef } from '../domain/replay/report.ts';
import { channel, Nothing, PageRequest } from './channel.ts';
import { ReasonsExport } from './reasons.ts';
import { FeedComparison, FeedItem, ItemArithmetic } from './replay.ts';

/** Who reviews at this window: the person whose key is unlocked (`roster.unlock`). */
export const Reviewer = z.object({
  person: z.string(),
  name: z.string(),
  keyId: z.string(),
  roles: z.array(z.string()),
});
export type Reviewer = z.infer<typeof Reviewer>;

export const LibraryRow = z.object({
  digest: z.string(),
  version: z.string(),
  title: z.string(),
  importedAt: z.string(),
});
export type LibraryRow = z.infer<typeof LibraryRow>;

export const CampaignRow = z.object({
  id: z.string(),
  name: z.string(),
  mode: CampaignMode,
  release: RankerRef,
  baseline: RankerRef,
  snapshot: z.string(),
  policies: z.string(),
  reviewersPerFeed: z.int(),
  due: z.string().nullable(),
  createdBy: z.string(),
  createdAt: z.string(),
  coverage: CampaignReport.shape.coverage,
  /** Feeds the person at this window submitted. */
  submitted: z.int(),
});
export type CampaignRow = z.infer<typeof CampaignRow>;

export const CampaignInput = z.object({
  replayId: z.string(),
  name: z.string(),
  mode: CampaignMode,
  reviewersPerFeed: z.int().min(1).max(20),
  policies: z.string(),
  due: z.string().nullable(),
  seed: z.int().nonnegative(),
  strata: z.array(Stratum).min(1),
  /** Feeds whose right answer is known, mixed in at random places. */
  golden: z.array(z.object({ requestId: z.string(), answer: GoldenAnswer })).optional(),
  /** Share of the feeds that one person more judges. */
  secondReview: z.number().min(0).max(1).optional(),
});
export type CampaignInput = z.infer<typeof CampaignInput>;

/** One person's unfinished work on a feed; every step lies on disk. */
export const Draft = z.object({ revision: z.int(), steps: z.array(Ruling), leaseUntil: z.string() });
export type Draft = z.infer<typeof Draft>;

/** A feed to judge, as it is shown. In blind mode nothing here tells which release a side is of. */
export const ReviewTask = Draft.extend({
  campaign: z.string(),
  feed: z.int(),
  mode: CampaignMode,
  request: FeedComparison.shape.request,
  snapshot: z.string(),
  items: z.array(FeedItem),
  /** From left to right. `arithmetic` is null in blind mode. */
  sides: z.array(
    z.object({
      name: z.string(),
      places: z.array(z.string()),
      arithmetic: z.array(ItemArithmetic).nullable(),
    }),
  ),
  policies: z.string(),
  /** Who else works on this feed now. */
  others: z.array(z.object({ person: z.string(), leaseUntil: z.string() })),
  /** Who handed the feed over, and with what words. */
  handedOver: z.object({ from: z.string(), note: z.string() }).nullable(),
  /** Feeds this person submitted, and how many the campaign has. */
  submitted: z.int(),
  feeds: z.int(),
});
export type ReviewTask = z.infer<typeof ReviewTask>;

export const DecisionRow = Decision.extend({ id: z.string(), reversedBy: z.string().nullable() });
export type DecisionRow = z.infer<typeof DecisionRow>;

/** A decision as history lists it; the item's words come from the snapshot it was judged in. */
export const HistoryRow = DecisionRow.extend({
  campaignName: z.string(),
  caption: z.string().nullable(),
  authorId: z.string().nullable(),
});
export type HistoryRow = z.infer<typeof HistoryRow>;

export const HistoryQuery = PageRequest.extend({ filter: DecisionFilter });
export type HistoryQuery = z.infer<typeof HistoryQuery>;

export const QueueRow = Queue.extend({
  /** Feeds that lack reviewers, and how many of them somebody holds now. */
  waiting: z.int(),
  held: z.int(),
  done: z.int(),
  /** When the feed that waits longest came in; null when none waits. */
  oldest: z.string().nullable(),
  /** The nearest due date of a campaign with waiting feeds. */
  due: z.string().nullable(),
});
export type QueueRow = z.infer<typeof QueueRow>;

/** Somebody's unfinished work on a feed. */
export const HolderRow = z.object({
  campaign: z.string(),
  feed: z.int(),
  person: z.string(),
  state: z.enum(['working', 'held']),
  leaseUntil: z.string(),
  rulings: z.int(),
  note: z.string(),
});
export type HolderRow = z.infer<typeof HolderRow>;

/** What a bulk action puts in the place of each decision it finds; those named in `except` are left as they are. */
export const BulkInput = z.object({
  filter: DecisionFilter,
  except: z.array(z.string()).max(10_000).optional(),
  ruling: Macro.shape.ruling,
});
export type BulkInput = z.infer<typeof BulkInput>;

export const BulkPreview = z.object({
  /** SHA-256 over the decisions found and the new ruling; what is applied must be what was previewed. */
  digest: z.string(),
  decisions: z.int(),
  /** Those that say the same already, and stay. */
  unchanged: z.int(),
  /** Those the policies do not let be so; while there is one, nothing is applied. */
  refused: z.array(z.object({ decision: z.string(), itemId: z.string(), because: z.string() })),
  /** The first few of them. */
  sample: z.array(HistoryRow),
});
export type BulkPreview = z.infer<typeof BulkPreview>;

export const BatchRow = z.object({
  id: z.string(),
  person: z.string(),
  at: z.string(),
  title: z.string(),
  decisions: z.int(),
  /** The batch this one takes back, and the one that took this back. */
  undoes: z.string().nullable(),
  undoneBy: z.string().nullable(),
});
export type BatchRow = z.infer<typeof BatchRow>;

const PreferenceSet = z.object({ team: OwnPreferences, own: OwnPreferences, inForce: Preferences });
const FeedOf = z.object({ campaign: z.string(), feed: z.int().nonnegative() });

export const EscalationRow = z.object({
  decision: z.string(),
  campaign: z.string(),
  feed: z.int(),
  itemId: z.string(),
  note: z.string(),
  raisedBy: z.string(),
  state: ReportState,
  next: z.array(ReportState),
  changedBy: z.string(),
  changedAt: z.string(),
  owner: z.string().nullable(),
  due: z.string().nullable(),
  /** Every step, oldest first. */
  steps: z.array(EscalationStep),
});
export type EscalationRow = z.infer<typeof EscalationRow>;

/** Where the next feed is taken from: a campaign, one feed of it, a queue, or whatever is most urgent. */
const Wanted = z.object({
  campaign: z.string().optional(),
  feed: z.int().nonnegative().optional(),
  queue: z.string().optional(),
});
const At = z.object({ campaign: z.string(), feed: z.int().nonnegative(), revision: z.int() });
const File = z.object({ fileName: z.string(), text: z.string() });

export const review = {
  reviewer: channel(Nothing, Reviewer.nullable()),
  libraries: channel(Nothing, z.array(LibraryRow)),
  library: channel(z.object({ digest: z.string() }), PolicyLibrary),
  /** A version of the policy library as YAML; importing it gives the same digest. */
  exportLibrary: channel(z.object({ digest: z.string() }), File),
  /** Adds a version of the policy library; the same bytes twice are one version. */
  importLibrary: channel(z.object({ fileName: z.string(), text: z.string() }), LibraryRow),
  campaigns: channel(Nothing, z.array(CampaignRow)),
  /** Draws feeds from a finished replay and freezes them as a campaign. */
  create: channel(CampaignInput, CampaignRow),
  report: channel(
    z.object({ campaign: z.string() }),
    z.object({ report: CampaignReport, digest: z.string() }),
  ),
  /** Who may judge here: reviewers of the US team. */
  reviewers: channel(Nothing, z.array(z.object({ person: z.string(), name: z.string() }))),
  preferences: channel(Nothing, PreferenceSet),
  /** Keeps what the person at this window, or the team, has of its own. */
  savePreferences: channel(
    z.object({ scope: z.enum(['own', 'team']), preferences: OwnPreferences }),
    PreferenceSet,
  ),
  macros: channel(Nothing, z.array(Macro)),
  saveMacro: channel(Macro, z.array(Macro)),
  removeMacro: channel(z.object({ id: z.string() }), z.array(Macro)),
  queues: channel(Nothing, z.array(QueueRow)),
  /** Adds or changes a queue and routes every feed anew. */
  saveQueue: channel(Queue, z.array(QueueRow)),
  removeQueue: channel(z.object({ id: z.string() }), z.array(QueueRow)),
  /**
   * The next feed for the person at this window, leased to them; null when there is none. Of a campaign (one feed of it
   * when named), of a queue, or of whatever is most urgent.
   */
  claim: channel(Wanted, ReviewTask.nullable()),
  /** Prolongs the lease while the person works. */
  renew: channel(FeedOf, z.object({ leaseUntil: z.string() })),
  /** Keeps the feed for the person until then, at most seven days, and gives them others meanwhile. */
  hold: channel(FeedOf.extend({ until: z.string(), note: z.string().max(4000) }), Nothing),
  /** Leaves the feed to another person, who judges it anew; what was ruled stays with the one who leaves it. */
  handOver: channel(FeedOf.extend({ to: z.string(), note: z.string().max(4000) }), Nothing),
  /** Lets go of the feed; what was ruled stays and comes back with it. */
  giveBack: channel(FeedOf, Nothing),
  holders: channel(z.object({ campaign: z.string() }), z.array(HolderRow)),
  /** Adds a ruling to the draft. Refused when the draft changed since `revision`. */
  rule: channel(At.extend({ ruling: Ruling }), Draft),
  undo: channel(At, Draft),
  /**
   * Makes the draft's rulings decisions: on disk, in the log, and no longer to be undone. Then claims what is wanted
   * next, in the same answer; `next` is left out where nothing was wanted or claiming failed, and `claim` says why.
   */
  submit: channel(
    At.extend({ next: Wanted.optional() }),
    z.object({ decisions: z.array(z.string()), next: ReviewTask.nullable().optional() }),
  ),
  /** A new decision in the place of an old one. Refused when another took its place already. */
  reverse: channel(z.object({ decision: z.string(), ruling: Ruling }), DecisionRow),
  /** Decisions that a filter lets through, newest first. `total` stops counting at 10,000, and then `more` is true. */
  history: channel(
    HistoryQuery,
    z.object({ total: z.int(), more: z.boolean(), offset: z.int(), rows: z.array(HistoryRow) }),
  ),
  filters: channel(Nothing, z.array(SavedFilter)),
  saveFilter: channel(SavedFilter, z.array(SavedFilter)),
  removeFilter: channel(z.object({ id: z.string() }), z.array(SavedFilter)),
  /** What a bulk action would do to the decisions in force of the person at this window; it changes nothing. */
  previewBulk: channel(BulkInput, BulkPreview),
  /** Does it in one step with one log entry. Refused when what the filter finds changed since the preview. */
  applyBulk: channel(BulkInput.extend({ digest: z.string(), title: z.string().trim().min(1) }), BatchRow),
  /** Takes a batch back by reversing what of it is in force still. */
  undoBatch: channel(z.object({ batch: z.string() }), BatchRow),
  batches: channel(Nothing, z.array(BatchRow)),
  /** A lead's look at somebody else's decision. */
  auditDecision: channel(
    z.object({ decision: z.string(), outcome: AuditOutcome, note: z.string().max(4000) }),
    LeadAudit,
  ),
  leadAudits: channel(z.object({ campaign: z.string() }), z.array(LeadAudit)),
  /** Decisions on items that no lead has looked at yet, drawn by chance. */
  auditSample: channel(
    z.object({ campaign: z.string(), count: z.int().min(1).max(200), seed: z.int().nonnegative() }),
    z.array(HistoryRow),
  ),
  /** Figures per reviewer and per policy. A reviewer who leads nobody sees their own and the team's. */
  quality: channel(z.object({ campaign: z.string() }), Quality),
  /** Of one campaign or of all; those not closed first. */
  escalations: channel(z.object({ campaign: z.string().optional() }), z.array(EscalationRow)),
  /** A step of an escalation: `to` may be the state it is in, and owner and due date stay as they are when left out. */
  moveEscalation: channel(
    z.object({
      decision: z.string(),
      from: ReportState,
      to: ReportState,
      comment: z.string().max(4000),
      owner: z.string().nullable().optional(),
      due: z.iso.date().nullable().optional(),
    }),
    Nothing,
  ),
  /** A campaign with its policies and every decision, signed by the person at this window. */
  exportCampaign: channel(z.object({ campaign: z.string(), path: z.string() }), z.object({ bytes: z.int() })),
  /** Takes in what the file of a campaign holds and this workspace lacks. */
  merge: channel(
    z.object({ path: z.string() }),
    z.object({
      campaign: z.string(),
      signedBy: z.string(),
      added: z.int(),
      known: z.int(),
      conflicts: CampaignReport.shape.conflicts,
    }),
  ),
  /** Writes statements of reasons for every restriction of a period to a file, whole or not at all, as a job. */
  statementsOfReasons: channel(
    ReasonsExport.extend({ path: z.string() }),
    z.object({ statements: z.int(), withheld: z.int() }),
  ),
};
