import { Command } from 'commander';
import { StatesideError } from '../../../shared/domain/error.ts';
import { IN_TOTO_PAYLOAD } from '../../../shared/domain/statements/dsse.ts';
import { verificationSummary } from '../../../shared/domain/statements/verification-summary.ts';
import type { VerificationStep } from '../../../shared/contract/signoff.ts';
import { openWorkspace } from '../../database/workspace/open.ts';
import { openAuditLog } from '../../services/audit/service.ts';
import { signEnvelope } from '../../services/signoff/envelope.ts';
import { unlockKey } from '../../services/signoff/key-file.ts';
import { writeNewFile } from '../../services/signoff/new-file.ts';
import { collectPackage } from '../../services/signoff/package/collect.ts';
import { readPackageZip, zipPackage } from '../../services/signoff/package/package-zip.ts';
import { verifyPackage } from '../../services/signoff/package/verify-package.ts';
import { signoffService } from '../../services/signoff/service.ts';
import { readNamed, readText } from '../../services/signoff/text-file.ts';
import { verifyRecord, type VerifiedRecord } from '../../services/signoff/verify-record.ts';
import { present } from '../output.ts';
import { askPassphrase } from '../passphrase.ts';

export function recordCommand(): Command {
  const record = new Command('record').description('Export and verify release records.');

  record
    .command('export')
    .requiredOption('--workspace <folder>', 'the workspace')
    .requiredOption('--release <digest>', 'the release')
    .requiredOption('--out <file>', 'where the record goes')
    .option('--zip', 'pack everything the record names beside it, with a README for the auditor')
    .description('write the record of a signed release as DSSE JSON, or as a package that verifies by itself')
    .action(async (options: Export, command: Command) => {
      const workspace = openWorkspace(options.workspace);
      try {
        const log = openAuditLog(workspace);
        const { json } = await signoffService(workspace, log).record({ releaseDigest: options.release });
        const content =
          options.zip === true
            ? zipPackage(collectPackage(workspace, log, json, new Date().toISOString()))
            : json;
        await writeNewFile(options.out, content, 0o644);
      } finally {
        workspace.close();
      }
      present(command, { record: options.out }, () => `${options.out} is written.`);
    });

  record
    .command('verify')
    .argument('<record>', 'a release record, .json or the .zip of a package')
    .requiredOption('--roster <file...>', 'every version of the roster, got from elsewhere than the record')
    .option('--pin <sha256>', 'the digest the first roster version must have')
    .option('--vsa <file>', 'write the verdict as a SLSA verification summary')
    .option('--key <file>', 'your private key, with which the summary is signed (DSSE)')
    .description('verify a record offline, with the roster given and no key inside the record')
    .action(async (path: string, options: Verify, command: Command) => {
      const { roster, pin, vsa, key } = options;
      const trust = { rosters: await readNamed(roster), ...(pin === undefined ? {} : { pin }) };
      const result = path.endsWith('.zip')
        ? verifyPackage(await readPackageZip(path), trust)
        : verifyRecord({ ...trust, record: await readText(path) });
      if (vsa !== undefined) await writeSummary(vsa, result, key);
      const { ok, steps } = result;
      present(command, { ok, steps }, () =>
        [...steps.map(stepLine), ok ? `${path} is good.` : `${path} is NOT good.`].join('\n'),
      );
      const first = steps.find((step) => !step.ok);
      if (first !== undefined) {
        throw new StatesideError('failed_check', `${path} fails at “${first.title}”: ${first.detail}`);
      }
    });

  return record;
}

const stepLine = ({ ok, title, checked, detail }: VerificationStep): string =>
  `${ok ? '✓' : '✗'} ${title}: ${checked} — ${detail}`;

interface Export {
  readonly workspace: string;
  readonly release: string;
  readonly out: string;
  readonly zip?: boolean;
}

interface Verify {
  readonly roster: string[];
  readonly pin?: string;
  readonly vsa?: string;
  readonly key?: string;
}

async function writeSummary(
  path: string,
  { ok, statement, statementDigest, rosterDigest }: VerifiedRecord,
  keyFile: string | undefined,
): Promise<void> {
  if (statement === null || statementDigest === null || rosterDigest === null) {
    throw new StatesideError('failed_check', 'the record cannot be read, so there is nothing to summarise');
  }
  const summary = verificationSummary({
    subject: statement.subject,
    timeVerified: new Date().toISOString(),
    releaseDigest: statement.predicate.release.digest,
    rosterDigest,
    statementDigest,
    passed: ok,
  });
  const key =
    keyFile === undefined ? null : unlockKey(await readText(keyFile), await askPassphrase(keyFile), keyFile);
  const document = key === null ? summary : signEnvelope(IN_TOTO_PAYLOAD, summary, [key]);
  await writeNewFile(path, `${JSON.stringify(document, undefined, 2)}\n`, 0o644);
}
