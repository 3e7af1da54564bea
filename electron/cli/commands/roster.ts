import { Command } from 'commander';
import { notFound } from '../../../shared/domain/error.ts';
import { Person } from '../../../shared/domain/roster/roster.ts';
import { unlockKey, type SigningKey } from '../../services/signoff/key-file.ts';
import { readAs, readStrictJson } from '../../services/signoff/document.ts';
import { writeNewFile } from '../../services/signoff/new-file.ts';
import { nextRoster, signRoster } from '../../services/signoff/next-roster.ts';
import { readRosterChain, type RosterChain } from '../../services/signoff/roster-chain.ts';
import { readNamed, readText } from '../../services/signoff/text-file.ts';
import { askPassphrase } from '../passphrase.ts';
import { present } from '../output.ts';

interface Signing {
  readonly key: string[];
  readonly out: string;
}

export function rosterCommand(): Command {
  const roster = new Command('roster').description('Keep the roster: who may sign, in which role.');

  roster
    .command('check')
    .argument('<roster...>', 'every version there is')
    .option('--pin <sha256>', 'the digest the first version must have')
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

  return roster;
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
  const { version, digest, thresholds, keys } = summary(chain);
  return [
    `Roster version ${version} is properly signed.`,
    `  digest      ${digest}`,
    `  thresholds  ${thresholds.approver} approvers, ${thresholds.root} roots`,
    ...keys.map(({ keyId, name, organisation, roles, revoked }) => {
      return `  ${keyId.slice(0, 16)}  ${name} (${organisation}: ${roles.join(', ')})${revoked === null ? '' : `, revoked ${revoked}`}`;
    }),
  ].join('\n');
}
