import { z } from 'zod';
import { StatesideError } from '../../../../shared/domain/error.ts';
import { IN_TOTO_PAYLOAD } from '../../../../shared/domain/statements/dsse.ts';
import { canonicalJson } from '../../../../shared/domain/statements/canonical-json.ts';
import { verificationSummary } from '../../../../shared/domain/statements/verification-summary.ts';
import type { Workspace } from '../../../database/workspace/open.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import { parseNote } from '../../../../shared/domain/log/signed-note.ts';
import { provingTree } from '../../audit/prove.ts';
import { verifyCheckpointNote } from '../../audit/checkpoint-key.ts';
import { keyIdOf, publicKeyFromRaw, publicKeyPem } from '../ed25519.ts';
import { keyring } from '../../../../shared/domain/roster/keyring.ts';
import { readRecord, readSignoff, writeRecord } from '../record.ts';
import { workspaceRoster } from '../tables.ts';
import { verifyRecord } from '../verify-record.ts';
import { auditorReadme } from './auditor-readme.ts';
import { CHECKSUMS, checksums } from './checksums.ts';
import { gatherDocuments } from './gather.ts';
import type { PackageFiles } from './package-zip.ts';
import { pdfStatement, type Pdf } from './pdf-statement.ts';

/**
 * Everything an auditor needs to check an approved release: the record and whatever it names by digest, but for model,
 * weights and snapshots. Throws failed_check for a record that does not verify, because a package says that a release is
 * approved, and where the workspace lacks what the record names.
 */
export function collectPackage(
  workspace: Workspace,
  log: AuditLog,
  recordJson: string,
  at: string,
  pdf: Pdf | null = null,
): PackageFiles {
  const { db } = workspace;
  const record = readRecord('the record', recordJson);
  const { texts, versions, pin } = workspaceRoster(db);
  const rosters = texts.map((text, index) => ({ name: `roster version ${index + 1}`, text }));
  const { ok, steps, statement, statementDigest, rosterDigest } = verifyRecord({
    record: recordJson,
    rosters,
    pin,
    at,
  });
  const checkpoint = statement?.predicate.checkpoint ?? null;
  if (!ok || statement === null || statementDigest === null || rosterDigest === null || checkpoint === null) {
    const problem = steps.find((step) => !step.ok);
    throw new StatesideError(
      'failed_check',
      `the record does not verify (${problem === undefined ? 'no audit log stands behind it' : `${problem.title}: ${problem.detail}`}), so no package is made of it; export it as JSON`,
    );
  }
  const files = new Map<string, string>([['record.json', writeRecord(record)]]);
  for (const envelope of record.signoffs) {
    const person = readSignoff(envelope)?.person ?? 'unknown';
    // Who withdrew a refusal decided more than once.
    const nth = [...files.keys()].filter((path) => path.startsWith(`signoffs/${person}.`)).length;
    files.set(`signoffs/${person}.${nth === 0 ? '' : `${nth + 1}.`}json`, canonicalJson(envelope));
  }
  for (const [index, { roster }] of versions.entries()) {
    files.set(`roster/${roster.version}.json`, texts[index] ?? '');
    for (const { keyId, publicKey } of keyring(roster, keyIdOf)) files.set(`keys/${keyId}.pem`, publicKey);
  }
  for (const [path, text] of gatherDocuments(workspace, statement)) files.set(path, text);
  for (const [path, text] of logFiles(log, checkpoint.note, statement.predicate.release.digest))
    files.set(path, text);
  const summary = verificationSummary({
    subject: statement.subject,
    timeVerified: at,
    releaseDigest: statement.predicate.release.digest,
    rosterDigest,
    statementDigest,
    passed: ok,
  });
  const vsa = log.attest(IN_TOTO_PAYLOAD, summary);
  const logPem = files.get('log/key.pem') ?? '';
  files.set(`keys/${keyIdOf(logPem)}.pem`, logPem);
  files.set('vsa.json', canonicalJson(vsa));
  if (pdf !== null)
    files.set('pdf.json', canonicalJson(log.attest(IN_TOTO_PAYLOAD, pdfStatement(pdf, statementDigest))));
  files.set('README.md', auditorReadme({ statement, statementDigest, firstRosterDigest: pin }));
  files.set(CHECKSUMS, checksums(files, pdf));
  return files;
}

/** The newest head, that it grew from the one in the statement, and each entry about the release with its proof. */
function logFiles(log: AuditLog, frozenNote: string, release: string): [string, string][] {
  const tree = provingTree(log);
  const note = parseNote(tree.note);
  const frozen = verifyCheckpointNote(frozenNote, log.key);
  const key = log.key.split('+').slice(2).join('+');
  const publicKey = publicKeyPem(publicKeyFromRaw(Buffer.from(key, 'base64').subarray(1)));
  if (note === null || frozen === null) {
    throw new StatesideError(
      'failed_check',
      "the statement's log head is not of this workspace; export the record as JSON",
    );
  }
  const signature = Buffer.from(note.signatures[0]?.signature ?? '', 'base64').subarray(4);
  const entries = z
    .array(z.int())
    .parse(log.db.prepare('SELECT seq FROM log_entry WHERE subject = ? ORDER BY seq').pluck().all(release));
  return [
    ['log/key', `${key}\n`],
    ['log/key.pem', publicKey],
    ['log/checkpoint', tree.note],
    ['log/checkpoint.sig', `${signature.toString('base64')}\n`],
    ['log/growth', tree.growth(frozen.size)],
    ...entries.map((seq): [string, string] => [`log/${seq}.tlog-proof`, tree.entry(seq)]),
  ];
}
