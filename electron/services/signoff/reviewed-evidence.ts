import { withReview } from '../../../shared/domain/gates/judge.ts';
import { isOfReview } from '../../../shared/domain/gates/review-facts.ts';
import type { GateResult } from '../../../shared/domain/gates/verdict.ts';
import { reviewEvidence, reviewFacts } from '../../../shared/domain/review/report.ts';
import { NO_REVIEW, type Review } from '../../../shared/domain/statements/release-statement.ts';
import { newestCampaign } from '../../database/review/campaigns.ts';
import type { Workspace } from '../../database/workspace/open.ts';
import { reviewOfRelease } from '../review/reports.ts';
import type { DigestedReport } from '../review/sum-up.ts';
import { workspaceRules } from './gate-rules.ts';

/** What sign-off asks of review. */
export interface Reviewed {
  /** The newest campaign's report on a release; null while there is none. */
  reportOn(release: string): Promise<DigestedReport | null>;
  /** Why what a campaign found is kept from who reads here, in a sentence; null when it is not. */
  withheldBecause(campaign: string): string | null;
}

/** Review where there are no threads and no reader to keep anything from, as in the command line. */
export const reviewedHere = (workspace: Workspace): Reviewed => ({
  reportOn: (release) => reviewOfRelease({ workspace, pool: null }, release),
  withheldBecause: () => null,
});

/** What the newest campaign on a release found, and the gates with those about review judged by it. */
export async function reviewedEvidence(
  { folder }: Pick<Workspace, 'folder'>,
  reviewed: Reviewed,
  release: string,
  gates: readonly GateResult[],
): Promise<{
  readonly review: Review;
  readonly gates: GateResult[];
  readonly report: DigestedReport | null;
}> {
  const found = await reviewed.reportOn(release);
  const rules = workspaceRules(folder);
  if (found === null) return { review: NO_REVIEW, gates: withReview(rules, gates, null), report: null };
  return {
    review: reviewEvidence(found.report, found.digest),
    gates: withReview(rules, gates, reviewFacts(found.report)),
    report: found,
  };
}

/** Gates without those that would tell what reviewers said. */
export const withoutReview = <Gate extends GateResult>(gates: readonly Gate[]): Gate[] =>
  gates.filter((gate) => !isOfReview(gate));

/** Why the review in a release's evidence is kept from who reads here: the frozen one, or the newest while none is. */
export function withheldBecause(
  { db }: Pick<Workspace, 'db'>,
  reviewed: Reviewed,
  release: string,
  frozen: Review | null,
): string | null {
  const campaign = frozen === null ? newestCampaign(db, release) : (frozen.campaign ?? null);
  return campaign === null ? null : reviewed.withheldBecause(campaign);
}
