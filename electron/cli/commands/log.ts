import { userInfo } from 'node:os';
import { Command } from 'commander';
import type { Verification } from '../../../shared/contract/signoff.ts';
import { badInput, StatesideError } from '../../../shared/domain/error.ts';
import { workspacePaths } from '../../database/workspace/open.ts';
import { workerFiles } from '../../installed-files.ts';
import type { AuditLog } from '../../services/audit/audit-log.ts';
import { proveConsistency, proveEntry } from '../../services/audit/prove.ts';
import { redactText } from '../../services/audit/redact.ts';
import { openAuditLog } from '../../services/audit/service.ts';
import { LONG, verifyLong } from '../../services/audit/verify-long.ts';
import { importWitness } from '../../services/audit/witness.ts';
import { writeNewFile } from '../../services/signoff/new-file.ts';
import { readText } from '../../services/signoff/text-file.ts';
import { WorkerPool } from '../../workers/pool.ts';
import { present } from '../output.ts';
import { openTold } from '../workspace.ts';
import { logExportCommand } from './log-export.ts';

export function logCommand(): Command {
  const log = new Command('log').description(
    'check the audit log of a workspace, and prove what stands in it',
  );
  log
    .command('verify')
    .argument('<workspace>', 'folder')
    .option(
      '--every-head',
      'of a long log too, check the signature and root of every head, not of a stated part',
    )
    .description('recompute every entry, link and root, and check the signed and witnessed heads')
    .action((folder: string, { everyHead }: { everyHead?: boolean }, command: Command) =>
      withLog(folder, async (audit) => {
        const verification = await verifyHere(audit, folder, everyHead === true);
        const lines = () =>
          verification.steps.map(
            ({ ok, title, checked, detail }) => `${ok ? '✓' : '✗'} ${title}: ${checked} — ${detail}`,
          );
        present(command, verification, () => lines().join('\n'));
        const first = verification.steps.find(({ ok }) => !ok);
        if (first !== undefined)
          throw new StatesideError(
            'failed_check',
            `the audit log of ${folder} fails at “${first.title}”: ${first.detail}`,
          );
      }),
    );
  log
    .command('prove')
    .argument('<workspace>', 'folder')
    .option('--seq <n>', 'the entry to prove, by its number from 0')
    .option('--since <size>', 'prove instead that the log only grew since it had this many entries')
    .option('--out <file>', 'where the proof goes; without it, on stdout')
    .description(
      'write the proof that an entry stands in the log (C2SP tlog-proof), or that the log only grew',
    )
    .action((folder: string, options: { seq?: string; since?: string; out?: string }, command: Command) =>
      withLog(folder, async (audit) => {
        const { seq, since, out } = options;
        if ((seq === undefined) === (since === undefined)) {
          throw badInput('stateside log prove takes either --seq or --since; give one of them');
        }
        const proof =
          seq === undefined
            ? proveConsistency(audit, whole(since, '--since'))
            : proveEntry(audit, whole(seq, '--seq'));
        await give(command, out, proof, audit);
      }),
    );
  log
    .command('checkpoint')
    .argument('<workspace>', 'folder')
    .option('--out <file>', 'where the checkpoint goes; without it, on stdout')
    .description('write the newest signed head (C2SP checkpoint), to be kept on another machine')
    .action((folder: string, { out }: { out?: string }, command: Command) =>
      withLog(folder, async (audit) => {
        const head = audit.checkpoint();
        if (head === null) throw badInput(`the audit log of ${folder} is empty, so it has no head yet`);
        await give(command, out, head.note, audit);
      }),
    );
  log
    .command('witness')
    .argument('<workspace>', 'folder')
    .argument('<checkpoint>', 'a head of this log that was kept elsewhere')
    .requiredOption('--kept-by <who>', 'who kept it, or on which machine')
    .description(
      'hold the log against a head kept elsewhere, now and at every later check; a fork is an alarm',
    )
    .action((folder: string, path: string, { keptBy }: { keptBy: string }, command: Command) =>
      withLog(folder, async (audit) => {
        const seen = importWitness(audit, { note: await readText(path), keptBy, ...here() });
        present(command, seen, () => `The log only grew since it had ${seen.size} entries.`);
      }),
    );
  log
    .command('redact')
    .argument('<workspace>', 'folder')
    .requiredOption('--seq <n>', 'the entry whose text has to go')
    .requiredOption('--field <name>', 'which text of its body, for example reason')
    .requiredOption('--because <text>', 'the legal reason, for example the court order')
    .description('take a free text out of the workspace for good; its digest and every proof stay')
    .action((folder: string, options: { seq: string; field: string; because: string }, command: Command) =>
      withLog(folder, (audit) => {
        const [seq, name] = [whole(options.seq, '--seq'), options.field];
        redactText(audit, { seq, name, because: options.because, ...here() });
        present(command, { seq, name }, () => `The text “${name}” of entry ${seq} is gone.`);
      }),
    );
  log.addCommand(logExportCommand());
  return log;
}

async function withLog(folder: string, use: (log: AuditLog) => void | Promise<void>): Promise<void> {
  const workspace = openTold(folder);
  try {
    await use(openAuditLog(workspace));
  } finally {
    workspace.close();
  }
}

/** A long log is verified on every core there is. */
async function verifyHere(log: AuditLog, folder: string, everyHead: boolean): Promise<Verification> {
  if ((log.checkpoint()?.size ?? 0) < LONG) return log.verify(everyHead);
  const pool = new WorkerPool(workerFiles.replay);
  try {
    const { database: path } = workspacePaths(folder);
    const shared = new Int32Array(new SharedArrayBuffer(8));
    return await verifyLong(pool, { path, key: log.key, everyHead, shared });
  } finally {
    await pool.close();
  }
}

async function give(
  command: Command,
  out: string | undefined,
  text: string,
  { key }: AuditLog,
): Promise<void> {
  if (out !== undefined) await writeNewFile(out, text, 0o644);
  present(command, { key, ...(out === undefined ? { text } : { file: out }) }, () =>
    out === undefined ? text.trimEnd() : `${out} is written; the key of the log is ${key}`,
  );
}

const here = () => ({ actor: userInfo().username, at: new Date().toISOString() });

function whole(text: string | undefined, option: string): number {
  if (text === undefined || !/^\d{1,15}$/.test(text))
    throw badInput(`${option} must be a whole number; correct it`);
  return Number(text);
}
