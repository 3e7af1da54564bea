import { userInfo } from 'node:os';
import { Command } from 'commander';
import { z } from 'zod';
import { RosterChange, type RosterDraft } from '../../../shared/contract/roster.ts';
import { notFound } from '../../../shared/domain/error.ts';
import { reachOf } from '../../../shared/domain/roster/reach.ts';
import { Person } from '../../../shared/domain/roster/roster.ts';
import { openAuditLog } from '../../services/audit/service.ts';
import { draftRoster, readDraft, signDraft } from '../../services/roster/draft.ts';
import { importRoster } from '../../services/signoff/import-roster.ts';
import { unlockKey, type SigningKey } from '../../services/signoff/key-file.ts';
import { readAs, readStrictJson } from '../../services/signoff/document.ts';
import { replaceFile, writeNewFile } from '../../services/signoff/new-file.ts';
import { nextRoster, signRoster } from '../../services/signoff/next-roster.ts';
import { readRosterChain, type RosterChain } from '../../services/signoff/roster-chain.ts';
import { readNamed, readText } from '../../services/signoff/text-file.ts';
import { sha256 } from '../arguments.ts';
import { askPassphrase } from '../passphrase.ts';
import { present } from '../output.ts';
import { openTold } from '../workspace.ts';

interface Signing {
  readonly key: string[];
  readonly out: string;
}

export function rosterCommand(): Command {
  const roster = new Command('roster').description('keep the roster: who may sign, in which role');

  roster
    .command('check')
    .argument('<roster...>', 'every version there is')
    .option('--pin <sha256>', 'the digest the first version must have', sha256)
    .description('check the signatures and the chain of versions')
    .action(async (paths: string[], { pin }: { pin?: string }, command: Command) => {
      const chain = readRosterChain(await readNamed(paths), pin ?? null);
      present(command, summary(chain), () => summaryText(chain));
    });

  signing(roster.command('new'))
    .requiredOption('--from <file>', 'the roster in JSON, as it is to be signed')
    .description('sign a first roster')
    .action(async ({ from, key, out }: Signing & { from: string }, command: Command) => {
      const draft = readStrictJson(from, await readText(from));
      await keep(command, signRoster(draft, await unlock(key), []), [], out);
    });

  signing(roster.command('add'))
    .argument('<roster...>', 'every version there is')
    .requiredOption('--person <file>', 'the person in JSON: id, name, organisation, roles, keys')
    .description('sign the next version with one more person, or another entry for a known one')
    .action(
      async (paths: string[], { person: file, key, out }: Signing & { person: string }, command: Command) => {
        const before = await readNamed(paths);
        const chain = readRosterChain(before);
        const person = readAs(file, 'person of a roster', Person, readStrictJson(file, await readText(file)));
        const people = [...chain.roster.people.filter(({ id }) => id !== person.id), person];
        await keep(
          command,
          signRoster(nextRoster(chain, { people }, now()), await unlock(key), before),
          before,
          out,
        );
      },
    );

  signing(roster.command('revoke'))
    .argument('<roster...>', 'every version there is')
    .requiredOption('--key-id <keyid>', 'the key that must not sign any more')
    .requiredOption('--reason <text>', 'why')
    .description('sign the next version, which revokes a key from now on')
    .action(
      async (paths: string[], options: Signing & { keyId: string; reason: string }, command: Command) => {
        const before = await readNamed(paths);
        const chain = readRosterChain(before);
        const { keyId, reason, key, out } = options;
        if (!chain.keys.some((known) => known.keyId === keyId)) {
          throw notFound(`the roster has no key ${keyId}; stateside roster check lists its keys`);
        }
        const at = now();
        const revocations = [...chain.roster.revocations, { keyId, at, reason }];
        await keep(
          command,
          signRoster(nextRoster(chain, { revocations }, at), await unlock(key), before),
          before,
          out,
        );
      },
    );

  roster
    .command('draft')
    .argument('<roster...>', 'every version there is')
    .requiredOption('--changes <file>', 'a JSON list: put a person, remove, revoke a key, thresholds')
    .requiredOption('--out <file>', 'where the draft goes, for the roots to sign one after another')
    .description('write the next version unsigned, for roots on several machines')
    .action(async (paths: string[], { changes, out }: { changes: string; out: string }, command: Command) => {
      const before = await readNamed(paths);
      const steps = readAs(
        changes,
        'list of changes to a roster',
        z.array(RosterChange).min(1),
        readStrictJson(changes, await readText(changes)),
      );
      const text = draftRoster(readRosterChain(before), steps, now());
      await writeNewFile(out, text, 0o644);
      showDraft(command, out, readDraft(before, out, text));
    });

  roster
    .command('sign')
    .argument('<draft>', 'the next version, not yet signed by enough roots')
    .requiredOption('--roster <file...>', 'every version before it')
    .requiredOption('--key <file>', 'the private key of a root')
    .description('add a signature to a draft; when enough roots signed, it is the next version')
    .action(
      async (path: string, { roster: paths, key }: { roster: string[]; key: string }, command: Command) => {
        const before = await readNamed(paths);
        const [signing] = await unlock([key]);
        if (signing === undefined) return;
        const text = signDraft(path, await readText(path), signing);
        await replaceFile(path, text);
        showDraft(command, path, readDraft(before, path, text));
      },
    );

  roster
    .command('import')
    .argument('<roster>', 'the next version')
    .requiredOption('--workspace <folder>', 'the workspace')
    .description('take the next version into a workspace; going back, a fork and a gap are refused')
    .action(async (path: string, { workspace: folder }: { workspace: string }, command: Command) => {
      const text = await readText(path);
      const workspace = openTold(folder);
      try {
        const chain = importRoster(workspace.db, openAuditLog(workspace), text, userInfo().username, now());
        present(command, summary(chain), () => summaryText(chain));
      } finally {
        workspace.close();
      }
    });

  return roster;
}

function showDraft(command: Command, file: string, draft: RosterDraft): void {
  const { version, digest, signers, incompleteBecause } = draft;
  present(command, { file, version, digest, signers, incompleteBecause }, () =>
    [
      `${file}: roster version ${version}, digest ${digest}`,
      `  signed by ${signers.join(', ') || 'nobody yet'}`,
      incompleteBecause === null
        ? '  It is properly signed and can be imported.'
        : `  Not complete: ${incompleteBecause}.`,
    ].join('\n'),
  );
}

const signing = (command: Command): Command =>
  command
    .requiredOption('--key <file...>', 'private keys of the roots who sign')
    .requiredOption('--out <file>', 'where the signed roster goes');

async function unlock(paths: readonly string[]): Promise<SigningKey[]> {
  const keys: SigningKey[] = [];
  for (const path of paths) keys.push(unlockKey(await readText(path), await askPassphrase(path), path));
  return keys;
}

async function keep(
  command: Command,
  text: string,
  before: { name: string; text: string }[],
  out: string,
): Promise<void> {
  await writeNewFile(out, text, 0o644);
  const chain = readRosterChain([...before, { name: out, text }]);
  present(command, { file: out, ...summary(chain) }, () => `${out}: ${summaryText(chain)}`);
}

const now = (): string => new Date().toISOString();

const summary = ({ roster, digest, keys }: RosterChain) => ({
  version: roster.version,
  digest,
  thresholds: roster.thresholds,
  reach: reachOf(roster, keys, now()),
  keys: keys.map(({ keyId, person, validFrom, validUntil, revocation }) => ({
    keyId,
    person: person.id,
    name: person.name,
    organisation: person.organisation,
    roles: person.roles,
    validFrom,
    validUntil,
    revoked: revocation?.at ?? null,
  })),
});

function summaryText(chain: RosterChain): string {
  const { version, digest, thresholds, reach, keys } = summary(chain);
  return [
    `Roster version ${version} is properly signed.`,
    `  digest      ${digest}`,
    `  thresholds  ${thresholds.approver} approvers, ${thresholds.root} roots`,
    ...reach.map(
      ({ role, threshold, able, reachable, survivesLoss }) =>
        `  ${role}s now    ${able.join(', ') || 'nobody'}: ${
          !reachable
            ? `fewer than the ${threshold} needed`
            : survivesLoss
              ? 'enough even if one leaves'
              : 'just enough; if one leaves, nothing can be signed'
        }`,
    ),
    ...keys.map(({ keyId, name, organisation, roles, revoked }) => {
      return `  ${keyId.slice(0, 16)}  ${name} (${organisation}: ${roles.join(', ')})${revoked === null ? '' : `, revoked ${revoked}`}`;
    }),
  ].join('\n');
}
