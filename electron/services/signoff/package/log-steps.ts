import type { VerificationStep } from '../../../../shared/contract/signoff.ts';
import type { ReleaseStatement } from '../../../../shared/domain/statements/release-statement.ts';
import { provesGrowth, readProvenEntry } from '../../audit/prove.ts';
import { verifyCheckpointNote } from '../../audit/checkpoint-key.ts';
import { readRecord } from '../record.ts';
import { rosterInForce, type RosterChain } from '../roster-chain.ts';
import type { VerifiedRecord } from '../verify-record.ts';
import { decisionProblem } from './logged-decisions.ts';
import type { PackageFiles } from './package-zip.ts';
import { summaryStep } from './summary-step.ts';

/** The audit log behind a record: its newest head, its growth, the entries about the release, and the verdict it signed. */
export function logSteps(
  files: PackageFiles,
  recordText: string,
  { predicate }: ReleaseStatement,
  { statementDigest }: VerifiedRecord,
  chain: RosterChain,
): VerificationStep[] {
  const { checkpoint } = predicate;
  if (checkpoint === null) return [];
  const { key, note } = checkpoint;
  const head = files.get('log/checkpoint') ?? '';
  const stated = verifyCheckpointNote(head, key);
  const proofs = [...files].filter(([path]) => path.endsWith('.tlog-proof'));
  const entries = proofs.map(([, proof]) => (proof.endsWith(head) ? readProvenEntry(proof, key) : null));
  const decisions = decisionProblem(
    readRecord('the record', recordText),
    entries.flatMap((entry) => entry?.entry ?? []),
    statementDigest,
    (rosterInForce(chain, predicate.roster) ?? chain).keys,
  );
  const grown = provesGrowth(files.get('log/growth') ?? '', note, key);
  const bad = entries.filter((entry) => entry === null).length;
  return [
    {
      title: 'Newest log head',
      checked: stated === null ? 'the packed head' : `${stated.size} entries, root ${stated.root}`,
      against: `the log's key ${key}`,
      ok: stated !== null,
      detail:
        stated === null ? 'it is not signed by the key the approvers vouched for' : 'the signature is good',
    },
    {
      title: 'Growth',
      checked: 'from the head in the statement to the packed one',
      against: 'consistency proof (RFC 6962)',
      ok: grown && (files.get('log/growth') ?? '').endsWith(head),
      detail: grown ? 'the log only grew' : 'FORK: the packed head does not continue the one that was signed',
    },
    {
      title: 'Log entries',
      checked: `${proofs.length} inclusion proofs`,
      against: 'the packed head (RFC 6962, C2SP tlog-proof)',
      ok: bad === 0,
      detail: bad === 0 ? 'each entry stands in the log' : `${bad} of them prove nothing`,
    },
    {
      title: 'Decisions in the log',
      checked: 'each sign-off statement of the record',
      against: 'the entries proven, and its key when it was logged',
      ok: decisions === null,
      detail: decisions ?? 'each was logged while its key could sign, and no other decision was',
    },
    summaryStep(files, key, predicate.release.digest, statementDigest, chain),
  ];
}
