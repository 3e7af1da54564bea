import { constants, existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, posix } from 'node:path';
import { refused } from '../../../../shared/domain/error.ts';
import { countSignatures } from '../../../../shared/domain/roster/counting.ts';
import { hasNoPartBecause } from '../../../../shared/domain/roster/authority.ts';
import { unusableBecause, type RosterKey } from '../../../../shared/domain/roster/keyring.ts';
import { isRoot } from '../../../../shared/domain/roster/roster.ts';
import { nameOf, releaseOf } from '../decide.ts';
import type { SignoffContext } from '../context.ts';
import { sha256Hex } from '../digest.ts';
import type { SigningKey } from '../key-file.ts';
import { replaceFile, writeNewFile } from '../new-file.ts';
import { readSignoff, writeRecord } from '../record.ts';
import type { RosterChain } from '../roster-chain.ts';
import { judgementOf, notApprovedBecause, recordOf } from '../standing.ts';
import { requireStoredBytes } from '../stored-bytes.ts';
import { newestStatement, signoffsOf } from '../tables.ts';
import { releaseFiles, rootFile, type MetadataFile, type TufRoles, type TufTarget } from './metadata.ts';

export interface TufExport {
  readonly release: string;
  /** Private keys of approvers, and of roots where the repository has no root of this roster yet. */
  readonly keys: readonly SigningKey[];
  readonly online: SigningKey;
  /** When the metadata runs out; an approval that runs out earlier decides. */
  readonly expires: string;
  /** A new folder, or the repository of earlier exports, which goes on. */
  readonly out: string;
}

/** A repository as it stands after an export. */
export interface WrittenTuf {
  readonly version: number;
  readonly expires: string;
  /** Path of the root that clients are given. */
  readonly root: string;
  readonly targets: readonly string[];
}

/** Where a repository keeps the root for a roster. */
export const rootPathOf = (out: string, { version }: Pick<TufRoles, 'version'>): string =>
  join(out, 'metadata', `${version}.root.json`);

/**
 * Writes an approved release as a TUF repository: root signed by the roster's roots, the targets role held by its
 * approvers with their threshold. `metadata/` and `targets/` are served as they are; clients begin with
 * `metadata/<roster version>.root.json`. The timestamp, which makes a version visible, is written last.
 */
export async function exportTuf(context: SignoffContext, input: TufExport): Promise<WrittenTuf> {
  const { workspace, log, now } = context;
  const release = releaseOf(context, input.release);
  const at = now();
  const judgement = judgementOf(workspace, at);
  const because = notApprovedBecause(workspace, release, judgement);
  if (because !== null)
    throw refused(`${nameOf(release)} is not approved: ${because}; only approved bytes are exported`);
  const statement = newestStatement(workspace.db, release.digest);
  if (statement === null) throw new Error('an approved release without a statement');
  const bundle = await requireStoredBytes(workspace.folder, release);
  const { chain } = judgement;
  const roles = rolesOf(chain, input.online.publicKey, at);
  const approvers = approversAmong(chain, roles, release.manifest.submitted_by, input.keys, at);
  const signoffs = signoffsOf(workspace.db, statement.digest);
  const ends = signoffs.flatMap(({ envelope }) => readSignoff(envelope)?.expires ?? []);
  const expires = seconds([input.expires, ...ends].reduce((a, b) => (Date.parse(a) < Date.parse(b) ? a : b)));
  if (Date.parse(expires) <= Date.parse(at))
    throw refused(`the repository would have run out at ${expires} already; give a later --until`);

  const record = writeRecord(recordOf(statement, signoffs));
  const targets: TufTarget[] = [
    ...bundle.files.map(({ path, bytes, sha256 }) => ({
      path: `${release.digest}/${path}`,
      bytes,
      sha256,
    })),
    {
      path: `${release.digest}.release-record.json`,
      bytes: Buffer.byteLength(record),
      sha256: sha256Hex(record),
    },
  ];
  // The log only grows, so its size numbers the versions of a repository.
  const version = log.checkpoint()?.size ?? 1;
  const metadata = join(input.out, 'metadata');
  const rootPath = rootPathOf(input.out, roles);
  const root = rootOf(roles, chain, rootPath, input, at);
  await mkdir(metadata, { recursive: true });
  for (const { path, sha256 } of targets) {
    const target = join(input.out, 'targets', posix.dirname(path), `${sha256}.${basename(path)}`);
    await mkdir(dirname(target), { recursive: true });
    const from = path.slice(release.digest.length + 1);
    if (path.startsWith(`${release.digest}/`))
      await copyFile(join(bundle.root, from), target, constants.COPYFILE_FICLONE);
    else await writeFile(target, record);
  }
  const files = releaseFiles({ version, expires }, targets, approvers, input.online);
  if (root !== null) await writeNewFile(join(metadata, root[0]), root[1], 0o644);
  for (const [name, text] of files) await replaceFile(join(metadata, name), text);
  return { version, expires, root: rootPath, targets: targets.map(({ path }) => path) };
}

/** Whose signatures the metadata asks for, by a roster at a moment. `online`: public key of the workspace's log. */
export function rolesOf(chain: RosterChain, online: string, at: string): TufRoles {
  const { roster, keys } = chain;
  return {
    version: roster.version,
    root: {
      publicKeys: onePerPerson(keys, at, ({ person }) => isRoot(roster.organisation, person)),
      threshold: roster.thresholds.root,
    },
    targets: {
      publicKeys: onePerPerson(keys, at, ({ person }) => hasNoPartBecause(person, ['approver']) === null),
      threshold: roster.thresholds.approver,
    },
    online,
  };
}

/** The usable key of each person that is valid longest, because TUF counts keys and the roster counts people. */
function onePerPerson(keys: readonly RosterKey[], at: string, may: (key: RosterKey) => boolean): string[] {
  const usable = keys
    .filter((key) => may(key) && unusableBecause(key, at) === null)
    .toSorted((a, b) => Date.parse(a.validUntil) - Date.parse(b.validUntil));
  return [...new Map(usable.map((key) => [key.person.id, key.publicKey])).values()].toSorted();
}

/** Those of the given keys that sign the targets, enough of them and none the submitter's. */
function approversAmong(
  { roster, keys }: RosterChain,
  { targets }: TufRoles,
  submittedBy: string,
  given: readonly SigningKey[],
  at: string,
): SigningKey[] {
  const approvers = given.filter(({ publicKey }) => targets.publicKeys.includes(publicKey));
  const counted = countSignatures(
    roster,
    submittedBy,
    approvers.map(({ publicKey }) => ({ key: keys.find((key) => key.publicKey === publicKey) ?? null, at })),
  );
  const against = counted.find(({ notCountedBecause }) => notCountedBecause !== null);
  if (against !== undefined)
    throw refused(`${against.notCountedBecause ?? ''}, so another approver has to sign the targets`);
  if (approvers.length < targets.threshold)
    throw refused(
      `${targets.threshold} approvers sign the targets of a repository, and ${approvers.length} of the keys given are theirs; give more --key`,
    );
  return approvers;
}

/** The root for this roster, signed by the roots among the keys given; null when the repository has it already. */
function rootOf(
  roles: TufRoles,
  { roster, keys }: RosterChain,
  path: string,
  { keys: given }: TufExport,
  at: string,
): MetadataFile | null {
  if (existsSync(path)) return null;
  const signers = given.filter(({ publicKey }) => roles.root.publicKeys.includes(publicKey));
  if (signers.length < roles.root.threshold)
    throw refused(
      `${roles.root.threshold} roots sign ${basename(path)} for roster version ${roster.version}, and ${signers.length} of the keys given are theirs; give their --key`,
    );
  const held = new Set([...roles.root.publicKeys, ...roles.targets.publicKeys]);
  const until = keys
    .filter(({ publicKey }) => held.has(publicKey))
    .map(({ validUntil }) => validUntil)
    .reduce((a, b) => (Date.parse(a) < Date.parse(b) ? a : b), keys[0]?.validUntil ?? at);
  return rootFile(roles, seconds(until), signers);
}

/** TUF writes moments without fractions of a second. */
const seconds = (moment: string): string => `${new Date(moment).toISOString().slice(0, 19)}Z`;
