import { z } from 'zod';
import type { VerificationStep } from '../../../../shared/contract/signoff.ts';
import type { RosterChain } from '../roster-chain.ts';
import type { PackageFiles } from './package-zip.ts';
import { signedByLog } from './signed-by-log.ts';

/** The summary must be about this release, this very statement and the roster that verified it. */
export function summaryStep(
  files: PackageFiles,
  logKey: string,
  release: string,
  statementDigest: string | null,
  { versions }: RosterChain,
): VerificationStep {
  const summary = Summary.safeParse(signedByLog(files.get('vsa.json') ?? '', logKey));
  const { subject, predicate } = summary.data ?? {};
  const problem = !summary.success
    ? 'it is not signed by the log’s key, or says something else than PASSED'
    : subject?.[0]?.digest.sha256 !== release
      ? 'it is about another release'
      : predicate?.inputAttestations.some(({ digest }) => digest.sha256 === statementDigest) !== true
        ? 'it rests on another statement than the record'
        : !versions.some(({ digest }) => digest === predicate.policy.digest.sha256)
          ? 'it was made with another roster than the one given'
          : null;
  return {
    title: 'Verification summary',
    checked: 'SLSA VSA in vsa.json',
    against: "the log's key, this release, this statement and this roster",
    ok: problem === null,
    detail: problem ?? 'PASSED, signed by the workspace',
  };
}

const Digested = z.object({ digest: z.object({ sha256: z.string() }) });
const Summary = z.object({
  subject: z.array(Digested),
  predicateType: z.literal('https://slsa.dev/verification_summary/v1'),
  predicate: z.object({
    verificationResult: z.literal('PASSED'),
    policy: Digested,
    inputAttestations: z.array(Digested),
  }),
});
