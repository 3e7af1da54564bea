import { existsSync } from 'node:fs';
import { Command, Option } from 'commander';
import { notFound } from '../../../shared/domain/error.ts';
import { ReleaseAction } from '../../../shared/domain/release/lifecycle.ts';
import { unusableBecause } from '../../../shared/domain/roster/keyring.ts';
import { parseGateRules } from '../../../shared/domain/gates/rules.ts';
import { Decision, Terms } from '../../../shared/domain/statements/signoff-statement.ts';
import { gatesFile } from '../../installed-files.ts';
import { openBundle } from '../../services/releases/bundle.ts';
import { readAs } from '../../services/signoff/document.ts';
import { unlockKey } from '../../services/signoff/key-file.ts';
import { signoffService } from '../../services/signoff/service.ts';
import { signLoose } from '../../services/signoff/loose.ts';
import { replaceFile, writeNewFile } from '../../services/signoff/new-file.ts';
import { writeRecord } from '../../services/signoff/record.ts';
import { readRosterChain } from '../../services/signoff/roster-chain.ts';
import { readNamed, readText } from '../../services/signoff/text-file.ts';
import { moment } from '../arguments.ts';
import { askPassphrase } from '../passphrase.ts';
import { present } from '../output.ts';
import { signoffReadBy } from '../reader.ts';
import { withWorkspace } from '../workspace.ts';

interface Options {
  readonly report: string;
  readonly key: string;
  readonly roster: string[];
  readonly decision: Decision;
  readonly reason: string;
  readonly conditions: string;
  readonly rules: string;
  readonly until?: string;
  readonly onlyGatesRevision?: string;
  readonly waive: string[];
  readonly out: string;
}

interface HandOver {
  readonly workspace: string;
  readonly release: string;
  readonly out: string;
  readonly key?: string;
}

interface Act {
  readonly workspace: string;
  readonly release: string;
  readonly action: ReleaseAction;
  readonly as: string[];
  readonly reason: string;
  readonly globalDecision?: string;
}

export function signoffCommand(): Command {
  const signoff = new Command('signoff').description(
    'approve or refuse a release, and carry signatures between machines',
  );
  signoff
    .command('export')
    .requiredOption('--workspace <folder>', 'the workspace')
    .requiredOption('--release <digest>', 'the release')
    .requiredOption('--out <file>', 'where statement and signatures go')
    .option(
      '--key <file>',
      'your private key: whoever leads, or has judged a blind campaign, reads what is kept from others',
    )
    .description('write the statement and every decision on it so far, to be signed or collected elsewhere')
    .action((options: HandOver, command: Command) =>
      withWorkspace(options.workspace, async (opened) => {
        const signoff = await signoffReadBy(options.key, opened);
        const { json } = await signoff.handOver({ releaseDigest: options.release });
        await writeNewFile(options.out, json, 0o644);
        present(command, { file: options.out }, () => `${options.out} is written.`);
      }),
    );
  signoff
    .command('import')
    .argument('<file>', 'what signoff export or another machine wrote')
    .requiredOption('--workspace <folder>', 'the workspace')
    .description('take in decisions made elsewhere; every signature is verified again')
    .action((path: string, options: { workspace: string }, command: Command) =>
      withWorkspace(options.workspace, async ({ workspace, log }) => {
        const json = await readText(path);
        const collected = await signoffService(workspace, log).collect({ json });
        present(
          command,
          collected,
          () => `${path}: ${collected.added} decisions are new here, ${collected.known} were known.`,
        );
      }),
    );
  signoff
    .command('act')
    .requiredOption('--workspace <folder>', 'the workspace, which holds the keys')
    .requiredOption('--release <digest>', 'the release')
    .addOption(new Option('--action <action>').choices(ReleaseAction.options).makeOptionMandatory())
    .requiredOption('--as <person...>', 'who signs, by the id on the roster; rolling back needs two')
    .option('--reason <text>', 'why', '')
    .option('--global-decision <text>', 'with diverge: what the global team decided, and where that stands')
    .description(
      'move a release by a signed action: submit, review, withdraw, promote, roll back, revoke, diverge',
    )
    .action((options: Act, command: Command) =>
      withWorkspace(options.workspace, async ({ workspace, log, roster }) => {
        const { release, action, reason, globalDecision } = options;
        const signers = [];
        for (const person of options.as) {
          const at = new Date().toISOString();
          const key = roster().keys.find(
            (known) => known.person.id === person && unusableBecause(known, at) === null,
          );
          if (key === undefined) throw notFound(`the roster has no usable key of ${person}; check the id`);
          const passphrase = await askPassphrase(`the key of ${key.person.name}`);
          signers.push({ keyId: key.keyId, passphrase });
        }
        const { state } = await signoffService(workspace, log).act({
          releaseDigest: release,
          action,
          reason,
          signers,
          ...(globalDecision === undefined ? {} : { globalDecision }),
        });
        present(command, { release, action, state }, () => `The release is ${state}.`);
      }),
    );
  signing(signoff.command('sign', { isDefault: true }));
  return signoff;
}

function signing(command: Command): void {
  command
    .description('approve or refuse a release on its replay report, outside a workspace')
    .argument('<bundle>', 'folder or .zip')
    .requiredOption('--report <file>', 'the replay report in which this bundle is the candidate')
    .requiredOption('--key <file>', 'your private key')
    .requiredOption('--roster <file...>', 'every version of the roster')
    .addOption(new Option('--decision <decision>').choices(Decision.options).makeOptionMandatory())
    .requiredOption('--reason <text>', 'why')
    .option('--conditions <text>', 'what the approval hangs on', '')
    .option('--until <moment>', 'the approval runs out then, for example 2027-01-31T00:00:00Z', moment)
    .option('--only-gates-revision <n>', 'the approval counts with this revision of the gates alone')
    .option('--waive <gate=why...>', 'why an advisory gate that failed does not stand in the way', [])
    .option('--rules <file>', 'gates to judge by', gatesFile)
    .requiredOption('--out <file>', 'the release record; a later signature is added to the same file')
    .action(async (path: string, options: Options, command: Command) => {
      const bundle = await openBundle(path);
      try {
        const { out, decision } = options;
        const chain = readRosterChain(await readNamed(options.roster));
        const existing = existsSync(out) ? { name: out, text: await readText(out) } : null;
        const { record, statementDigest, judged } = signLoose({
          bundle,
          report: { name: options.report, text: await readText(options.report) },
          rules: parseGateRules(await readText(options.rules), options.rules),
          chain,
          key: unlockKey(await readText(options.key), await askPassphrase(options.key), options.key),
          decision,
          reason: options.reason,
          conditions: options.conditions,
          terms: termsOf(options),
          at: new Date().toISOString(),
          existing,
        });
        const write = existing === null ? writeNewFile : replaceFile;
        await write(out, writeRecord(record), 0o644);
        const needed = chain.roster.thresholds.approver;
        const { approvals } = judged;
        const verdict = judged.refusals.length > 0 ? 'refused' : approvals >= needed ? 'approved' : 'open';
        const { name, version } = bundle.manifest;
        present(
          command,
          {
            record: out,
            release: bundle.digest,
            statement: statementDigest,
            decision,
            approvals,
            needed,
            verdict,
          },
          () => `${out}: ${name} ${version} is ${verdict} (${approvals} of ${needed} approvals).`,
        );
      } finally {
        await bundle.dispose();
      }
    });
}

function termsOf({ until, onlyGatesRevision, waive }: Options): Terms {
  const waivers = waive.map((text) => {
    const at = text.indexOf('=');
    return { gate: text.slice(0, Math.max(0, at)), reason: text.slice(at + 1) };
  });
  return readAs('the command line', 'term of an approval', Terms, {
    ...(until === undefined ? {} : { expires: until }),
    ...(onlyGatesRevision === undefined ? {} : { gatesRevision: Number(onlyGatesRevision) }),
    ...(waivers.length === 0 ? {} : { waivers }),
  });
}
