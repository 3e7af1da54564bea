import { withReview } from '../../../shared/domain/gates/judge.ts';
import type { GateResult } from '../../../shared/domain/gates/verdict.ts';
import { reviewEvidence, reviewFacts } from '../../../shared/domain/review/report.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import { NO_REVIEW, type Review } from '../../../shared/domain/statements/release-statement.ts';
import type { Workspace } from '../../database/workspace/open.ts';
import { reviewOfRelease } from '../review/reports.ts';
import { workspaceRules } from './gate-rules.ts';

/** A campaign's report as a statement names it. */
interface NamedReport {
  readonly digest: string;
  /** Canonical JSON. */
  readonly text: string;
}

/** What the newest campaign on a release found, and the gates with those about review judged by it. */
export function reviewedEvidence(
  { db, folder }: Workspace,
  release: string,
  gates: readonly GateResult[],
): { readonly review: Review; readonly gates: GateResult[]; readonly report: NamedReport | null } {
  const found = reviewOfRelease(db, release);
  const rules = workspaceRules(folder);
  if (found === null) return { review: NO_REVIEW, gates: withReview(rules, gates, null), report: null };
  return {
    review: reviewEvidence(found.report, found.digest),
    gates: withReview(rules, gates, reviewFacts(found.report)),
    report: { digest: found.digest, text: canonicalJson(found.report) },
  };
}
