import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { badInput, notFound, StatesideError } from '../../../shared/domain/error.ts';
import { IN_TOTO_PAYLOAD } from '../../../shared/domain/statements/dsse.ts';
import { verificationSummary } from '../../../shared/domain/statements/verification-summary.ts';
import type { VerificationStep } from '../../../shared/contract/signoff.ts';
import { workspacePaths } from '../../database/workspace/open.ts';
import { openCheckpointSigner } from '../../services/audit/checkpoint-key.ts';
import { signEnvelope } from '../../services/signoff/envelope.ts';
import { unlockKey, type SigningKey } from '../../services/signoff/key-file.ts';
import { NO_KEY_STORE } from '../../services/signoff/key-store.ts';
import { writeNewFile } from '../../services/signoff/new-file.ts';
import { sha256Hex } from '../../services/signoff/digest.ts';
import { PACKED_PDF, type PdfFile } from '../../services/signoff/package/pdf-statement.ts';
import { collectPackage } from '../../services/signoff/package/collect.ts';
import { readPackageZip, zipPackage } from '../../services/signoff/package/package-zip.ts';
import { verifyPackage } from '../../services/signoff/package/verify-package.ts';
import { readNamed, readText } from '../../services/signoff/text-file.ts';
import { exportTuf } from '../../services/signoff/tuf/export.ts';
import { verifyRecord, type VerifiedRecord } from '../../services/signoff/verify-record.ts';
import { moment, sha256 } from '../arguments.ts';
import { present } from '../output.ts';
import { askPassphrase } from '../passphrase.ts';
import { signoffReadBy } from '../reader.ts';
import { withWorkspace } from '../workspace.ts';

export function recordCommand(): Command {
  const record = new Command('record').description('export and verify release records');

  record
    .command('export')
    .requiredOption('--workspace <folder>', 'the workspace')
    .requiredOption('--release <digest>', 'the release')
    .requiredOption('--out <file>', 'where the record goes')
    .option('--zip', 'pack everything the record names beside it, with a README for the auditor')
    .option(
      '--key <file>',
      'your private key: whoever leads, or has judged a blind campaign, reads what is kept from others',
    )
    .option('--pdf <file>', 'the record as PDF, as the window prints it; its digest goes into the package')
    .description('write the record of a signed release as DSSE JSON, or as a package that verifies by itself')
    .action(async (options: Export, command: Command) => {
      const pdf = options.pdf === undefined ? null : await readPdf(options.pdf);
      if (pdf !== null && options.zip !== true) throw badInput('--pdf goes into a package; give --zip too');
      await withWorkspace(options.workspace, async (opened) => {
        const { workspace, log } = opened;
        const signoff = await signoffReadBy(options.key, opened);
        const { json } = await signoff.record({ releaseDigest: options.release });
        const content =
          options.zip === true
            ? zipPackage(collectPackage(workspace, log, json, new Date().toISOString(), pdf), pdf)
            : json;
        await writeNewFile(options.out, content, 0o644);
      });
      present(command, { record: options.out }, () => `${options.out} is written.`);
    });

  record
    .command('verify')
    .argument('<record>', 'a release record, .json or the .zip of a package')
    .requiredOption('--roster <file...>', 'every version of the roster, got from elsewhere than the record')
    .option('--pin <sha256>', 'the digest the first roster version must have', sha256)
    .option('--at <moment>', 'judge as of then, for approvals that run out; without it, as of now', moment)
    .option('--pdf <file>', 'the PDF that came with the package, to be held against its digest there')
    .option('--vsa <file>', 'write the verdict as a SLSA verification summary')
    .option('--key <file>', 'your private key, with which the summary is signed (DSSE)')
    .description('verify a record offline, with the roster given and no key inside the record')
    .action(async (path: string, options: Verify, command: Command) => {
      const { roster, pin, vsa, key, at, pdf } = options;
      if (pdf !== undefined && !path.endsWith('.zip'))
        throw badInput('--pdf is held against a package; give the .zip');
      const trust = {
        rosters: await readNamed(roster),
        ...(pin === undefined ? {} : { pin }),
        ...(at === undefined ? {} : { at }),
      };
      const result = path.endsWith('.zip')
        ? verifyPackage(await readPackageZip(path), trust, pdf === undefined ? null : await readPdf(pdf))
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

  record
    .command('tuf')
    .requiredOption('--workspace <folder>', 'the workspace')
    .requiredOption('--release <digest>', 'an approved release')
    .requiredOption(
      '--key <file...>',
      'private keys of approvers; of roots too, where the repository does not delegate to these approvers yet',
    )
    .requiredOption('--out <dir>', 'a new folder, or the repository of earlier exports')
    .option('--until <moment>', 'when the metadata runs out', moment, inOneYear())
    .description('write an approved release as a TUF repository, for a fleet that serves approved bytes only')
    .action(async (options: Tuf, command: Command) => {
      const { out, release, until } = options;
      const keys: SigningKey[] = [];
      for (const file of options.key)
        keys.push(unlockKey(await readText(file), await askPassphrase(file), file));
      await withWorkspace(options.workspace, async ({ workspace, folder, log }) => {
        const { version } = await exportTuf(
          { workspace, log, keyStore: NO_KEY_STORE, now: () => new Date().toISOString() },
          {
            release,
            keys,
            online: openCheckpointSigner(workspacePaths(folder).logKey).signing,
            expires: until,
            out,
          },
        );
        present(command, { repository: out, version }, () => `${out} holds version ${version}.`);
      });
    });

  return record;
}

const inOneYear = (): string => new Date(Date.now() + 365 * 86_400_000).toISOString();

interface Tuf {
  readonly workspace: string;
  readonly release: string;
  readonly key: string[];
  readonly out: string;
  readonly until: string;
}

async function readPdf(path: string): Promise<PdfFile> {
  const bytes = await readFile(path).catch(() => {
    throw notFound(`${path} cannot be read; name a PDF that is there`);
  });
  if (bytes.toString('latin1', 0, 5) !== '%PDF-')
    throw badInput(`${path} is no PDF; give the printed record`);
  return { name: PACKED_PDF, sha256: sha256Hex(bytes), bytes };
}

const stepLine = ({ ok, title, checked, detail }: VerificationStep): string =>
  `${ok ? '✓' : '✗'} ${title}: ${checked} — ${detail}`;

interface Export {
  readonly key?: string;
  readonly workspace: string;
  readonly release: string;
  readonly out: string;
  readonly zip?: boolean;
  readonly pdf?: string;
}

interface Verify {
  readonly roster: string[];
  readonly pin?: string;
  readonly at?: string;
  readonly pdf?: string;
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
