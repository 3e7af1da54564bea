import type { VerificationStep } from '../../../../shared/contract/signoff.ts';
import { Campaign } from '../../../../shared/domain/review/campaign.ts';
import { PolicyLibrary } from '../../../../shared/domain/review/policy-library.ts';
import { AnyCampaignReport, reviewEvidence } from '../../../../shared/domain/review/report.ts';
import { canonicalJson } from '../../../../shared/domain/statements/canonical-json.ts';
import type { ReleasePredicate } from '../../../../shared/domain/statements/release-statement.ts';
import { namedDocuments, policiesOf, type NamedDocument } from './documents.ts';
import { namedStep, type Beside } from './named-step.ts';
import { readJson } from './read-json.ts';

/** The review: the campaign as it was drawn, the policies it was judged by, and its report, which the statement sums up. */
export function reviewSteps(beside: Beside): VerificationStep[] {
  const { predicate } = beside.statement;
  return namedDocuments(beside.statement).flatMap((named) => {
    if (named.kind === 'campaign')
      return campaignStep(beside, named, predicate).concat(policiesStep(beside, named));
    return named.kind === 'campaign report' ? reportStep(beside, named, predicate) : [];
  });
}

function campaignStep(
  beside: Beside,
  named: NamedDocument,
  { release }: ReleasePredicate,
): VerificationStep[] {
  const told = {
    title: 'Review campaign',
    checked: named.sha256,
    against: 'the digest and the release in the statement',
    detail: 'the campaign is the one that was reviewed',
  };
  return namedStep(beside, named, told, (text) => {
    const campaign = Campaign.safeParse(readJson(text));
    if (!campaign.success) return 'it is no review campaign';
    return campaign.data.release === release.digest ? null : 'it reviewed another release';
  });
}

function policiesStep(beside: Beside, campaign: NamedDocument): VerificationStep[] {
  const policies = policiesOf(beside.files.get(campaign.path) ?? '');
  if (policies === null) return [];
  const told = {
    title: 'Review policies',
    checked: policies.sha256,
    against: 'the digest in the campaign',
    detail: 'the policies are those that reviewers judged by',
  };
  return namedStep(beside, policies, told, (text) =>
    PolicyLibrary.safeParse(readJson(text)).success ? null : 'it is no policy library',
  );
}

function reportStep(
  beside: Beside,
  named: NamedDocument,
  { release, review }: ReleasePredicate,
): VerificationStep[] {
  const told = {
    title: 'Review report',
    checked: named.sha256,
    against: 'the digest, the campaign, the release and the figures in the statement',
    detail: 'the statement says of the review what its report says',
  };
  return namedStep(beside, named, told, (text) => {
    const report = AnyCampaignReport.safeParse(readJson(text));
    if (!report.success) return 'it is no review report';
    if (report.data.release !== release.digest) return 'it is about another release';
    if (report.data.campaign !== review.campaign) return 'it is about another campaign';
    return canonicalJson(reviewEvidence(report.data, named.sha256)) === canonicalJson(review)
      ? null
      : 'the statement says something else of the review than the report';
  });
}
