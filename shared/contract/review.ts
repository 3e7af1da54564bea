import { z } from 'zod';
import { CampaignMode, Stratum } from '../domain/review/campaign.ts';
import { Decision, Ruling } from '../domain/review/decision.ts';
import { PolicyLibrary } from '../domain/review/policy-library.ts';
import { CampaignReport } from '../domain/review/report.ts';
import { ReportState } from '../domain/review/report-state.ts';
import { RankerRef } from '../domain/replay/report.ts';
import { channel, Nothing } from './channel.ts';
import { FeedComparison, FeedItem, ItemArithmetic } from './replay.ts';

/** Who reviews at this window: the person whose key was unlocked. */
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
  /** Feeds this person submitted, and how many the campaign has. */
  submitted: z.int(),
  feeds: z.int(),
});
export type ReviewTask = z.infer<typeof ReviewTask>;

export const DecisionRow = Decision.extend({ id: z.string(), reversedBy: z.string().nullable() });
export type DecisionRow = z.infer<typeof DecisionRow>;

export const EscalationRow = z.object({
  decision: z.string(),
  feed: z.int(),
  itemId: z.string(),
  note: z.string(),
  raisedBy: z.string(),
  state: ReportState,
  next: z.array(ReportState),
  changedBy: z.string(),
  changedAt: z.string(),
  comment: z.string(),
});
export type EscalationRow = z.infer<typeof EscalationRow>;

const At = z.object({ campaign: z.string(), feed: z.int().nonnegative(), revision: z.int() });
const File = z.object({ fileName: z.string(), text: z.string() });

export const review = {
  reviewer: channel(Nothing, Reviewer.nullable()),
  /** Unlocks a key of this workspace for review, until the app ends or another key is unlocked. */
  unlock: channel(z.object({ keyId: z.string(), passphrase: z.string() }), Reviewer),
  lock: channel(Nothing, Nothing),
  libraries: channel(Nothing, z.array(LibraryRow)),
  library: channel(z.object({ digest: z.string() }), PolicyLibrary),
  /** Adds a version of the policy library; the same bytes twice are one version. */
  importLibrary: channel(z.object({ fileName: z.string(), text: z.string() }), LibraryRow),
  campaigns: channel(Nothing, z.array(CampaignRow)),
  /** Draws feeds from a finished replay and freezes them as a campaign. */
  create: channel(CampaignInput, CampaignRow),
  report: channel(
    z.object({ campaign: z.string() }),
    z.object({ report: CampaignReport, digest: z.string() }),
  ),
  /** The next feed for the person at this window, leased to them; null when there is none. */
  claim: channel(z.object({ campaign: z.string() }), ReviewTask.nullable()),
  /** Adds a ruling to the draft. Refused when the draft changed since `revision`. */
  rule: channel(At.extend({ ruling: Ruling }), Draft),
  undo: channel(At, Draft),
  /** Makes the draft's rulings decisions: on disk, in the log, and no longer to be undone. */
  submit: channel(At, z.object({ decisions: z.array(z.string()) })),
  /** A new decision in the place of an old one. Refused when another took its place already. */
  reverse: channel(z.object({ decision: z.string(), ruling: Ruling }), DecisionRow),
  decisions: channel(z.object({ campaign: z.string() }), z.array(DecisionRow)),
  escalations: channel(z.object({ campaign: z.string() }), z.array(EscalationRow)),
  moveEscalation: channel(
    z.object({ decision: z.string(), from: ReportState, to: ReportState, comment: z.string() }),
    Nothing,
  ),
  /** A campaign with its policies and every decision, signed by the person at this window. */
  exportCampaign: channel(z.object({ campaign: z.string() }), File),
  merge: channel(
    z.object({ fileName: z.string(), text: z.string() }),
    z.object({
      campaign: z.string(),
      signedBy: z.string(),
      added: z.int(),
      known: z.int(),
      conflicts: CampaignReport.shape.conflicts,
    }),
  ),
  /** Statements of reasons for every restriction decided from `from` to before `to`. */
  statementsOfReasons: channel(
    z.object({ from: z.string(), to: z.string(), form: z.enum(['json', 'csv']) }),
    File.extend({ statements: z.int() }),
  ),
};
