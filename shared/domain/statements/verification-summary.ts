import { STATEMENT_TYPE, type Subject } from './statement.ts';

const VERIFICATION_SUMMARY = 'https://slsa.dev/verification_summary/v1';

export interface VerificationSummary {
  readonly subject: readonly Subject[];
  readonly timeVerified: string;
  readonly releaseDigest: string;
  /** Digest of the roster the record was verified with. */
  readonly rosterDigest: string;
  /** Digest of the release record's payload. */
  readonly statementDigest: string;
  readonly passed: boolean;
}

/** A verdict as a SLSA Verification Summary Attestation v1, an in-toto statement any VSA reader understands. */
export function verificationSummary(summary: VerificationSummary) {
  return {
    _type: STATEMENT_TYPE,
    subject: summary.subject,
    predicateType: VERIFICATION_SUMMARY,
    predicate: {
      verifier: { id: 'urn:stateside:verifier' },
      timeVerified: summary.timeVerified,
      resourceUri: `urn:stateside:release:sha256:${summary.releaseDigest}`,
      policy: { uri: 'urn:stateside:roster:v1', digest: { sha256: summary.rosterDigest } },
      inputAttestations: [
        {
          uri: `urn:stateside:release-record:sha256:${summary.statementDigest}`,
          digest: { sha256: summary.statementDigest },
        },
      ],
      verificationResult: summary.passed ? 'PASSED' : 'FAILED',
      verifiedLevels: [summary.passed ? 'STATESIDE_US_APPROVED' : 'FAILED'],
    },
  };
}
