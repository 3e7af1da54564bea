import type { VerificationStep } from '../../../../shared/contract/signoff.ts';
import { readRosterChain } from '../roster-chain.ts';
import { verifyRecord, type RecordToVerify, type VerifiedRecord } from '../verify-record.ts';
import { CHECKSUMS, checksums } from './checksums.ts';
import { evidenceSteps } from './evidence-steps.ts';
import { logSteps } from './log-steps.ts';
import type { Package, PackageFiles } from './package-zip.ts';
import { paperSteps } from './paper-steps.ts';
import { pdfSteps } from './pdf-step.ts';
import type { Pdf } from './pdf-statement.ts';
import { reviewSteps } from './review-steps.ts';
import { signerSteps } from './signer-steps.ts';

/**
 * Verifies a record with everything packed beside it. The roster is the one given, never the package's own; the
 * log's key is the one in the statement that the approvers signed. Never throws for a bad package.
 */
export function verifyPackage(
  { files, pdf: packed }: Package,
  trust: Omit<RecordToVerify, 'record'>,
  given: Pdf | null = null,
): VerifiedRecord {
  const text = files.get('record.json') ?? '';
  const verified = verifyRecord({ ...trust, record: text });
  const steps = [listStep(files, packed), ...verified.steps];
  if (verified.statement !== null) {
    const { statement } = verified;
    const chain = readRosterChain(trust.rosters, trust.pin ?? null);
    const beside = { files, statement };
    steps.push(
      ...signerSteps(files, text, statement, chain),
      ...evidenceSteps(beside),
      ...reviewSteps(beside),
      ...paperSteps(beside),
      ...logSteps(files, text, statement, verified, chain),
      ...pdfSteps(files, statement, verified.statementDigest, packed),
      ...(given === null ? [] : pdfSteps(files, statement, verified.statementDigest, given)),
    );
  }
  return { ...verified, steps, ok: steps.every(({ ok }) => ok) };
}

function listStep(files: PackageFiles, pdf: Pdf | null): VerificationStep {
  const ok = files.get(CHECKSUMS) === checksums(files, pdf);
  return {
    title: 'Package',
    checked: `${files.size + (pdf === null ? 0 : 1)} files`,
    against: CHECKSUMS,
    ok,
    detail: ok ? 'each file is as it was packed' : 'a file was added, left out or changed',
  };
}
