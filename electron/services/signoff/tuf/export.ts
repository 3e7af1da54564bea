import { constants } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, posix } from 'node:path';
import { refused } from '../../../../shared/domain/error.ts';
import { countSignatures } from '../../../../shared/domain/roster/counting.ts';
import type { Bundle } from '../../releases/bundle.ts';
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
import { delegate } from './delegate.ts';
import { APPROVERS_ROLE, approvedText, freshFiles, type TufRoles, type TufTarget } from './metadata.ts';
import { readRepository } from './repository.ts';
import { rolesOf } from './roles.ts';
import { seconds } from './seconds.ts';

export interface TufExport {
  readonly release: string;
  /** Private keys of approvers, and of roots where the repository does not delegate to these approvers yet. */
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
  /** Path of the newest root, which clients are given. */
  readonly root: string;
  readonly targets: readonly string[];
}

/**
 * Writes an approved release as a TUF repository: root and top-level targets are signed by the roster's roots, and these
 * delegate a release's files to its approvers with their threshold, who sign each export. `metadata/` and `targets/` are
 * served as they are; clients begin with a root. The timestamp, which makes a version visible, is written last.
 */
export async function exportTuf(
  context: Omit<SignoffContext, 'reviewed'>,
  input: TufExport,
): Promise<WrittenTuf> {
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
  const targets = targetsOf(bundle, record);
  const repository = await readRepository(input.out);
  // The log only grows, so its size numbers the versions of a repository, unless that is ahead.
  const version = Math.max(log.checkpoint()?.size ?? 1, repository.version + 1);
  const { root, delegation } = delegate(repository, roles, chain, { version, keys: input.keys, at });
  const text = approvedText({ version, expires }, targets, approvers);
  const [snapshot, timestamp] = freshFiles(
    { version, expires },
    { delegation, approved: { version, text } },
    input.online,
  );
  const metadata = join(input.out, 'metadata');
  await mkdir(metadata, { recursive: true });
  await writeTargets(input.out, bundle, targets, record);
  await replaceFile(join(metadata, `${version}.${APPROVERS_ROLE}.json`), text);
  await replaceFile(join(metadata, `${delegation.version}.targets.json`), delegation.text);
  await replaceFile(join(metadata, snapshot[0]), snapshot[1]);
  if (root.text !== null) await writeNewFile(join(metadata, root.name), root.text, 0o644);
  await replaceFile(join(metadata, timestamp[0]), timestamp[1]);
  return { version, expires, root: join(metadata, root.name), targets: targets.map(({ path }) => path) };
}

/** The release's files and its record, as clients ask for them. */
function targetsOf({ digest, files }: Bundle, record: string): TufTarget[] {
  return [
    ...files.map(({ path, bytes, sha256 }) => ({ path: `${digest}/${path}`, bytes, sha256 })),
    {
      path: `${digest}.release-record.json`,
      bytes: Buffer.byteLength(record),
      sha256: sha256Hex(record),
    },
  ];
}

/** Each target under its digest, as consistent snapshots ask. */
async function writeTargets(
  out: string,
  { digest, root }: Bundle,
  targets: readonly TufTarget[],
  record: string,
): Promise<void> {
  for (const { path, sha256 } of targets) {
    const target = join(out, 'targets', posix.dirname(path), `${sha256}.${basename(path)}`);
    await mkdir(dirname(target), { recursive: true });
    if (path.startsWith(`${digest}/`))
      await copyFile(join(root, path.slice(digest.length + 1)), target, constants.COPYFILE_FICLONE);
    else await writeFile(target, record);
  }
}

/** Those of the given keys that sign what may be served, enough of them and none the submitter's. */
function approversAmong(
  { roster, keys }: RosterChain,
  { approvers: role }: TufRoles,
  submittedBy: string,
  given: readonly SigningKey[],
  at: string,
): SigningKey[] {
  const approvers = given.filter(({ publicKey }) => role.publicKeys.includes(publicKey));
  const counted = countSignatures(
    roster,
    submittedBy,
    approvers.map(({ publicKey }) => ({ key: keys.find((key) => key.publicKey === publicKey) ?? null, at })),
  );
  const against = counted.find(({ notCountedBecause }) => notCountedBecause !== null);
  if (against !== undefined)
    throw refused(`${against.notCountedBecause ?? ''}, so another approver has to sign the targets`);
  if (approvers.length < role.threshold)
    throw refused(
      `${role.threshold} approvers sign the targets of a repository, and ${approvers.length} of the keys given are theirs; give more --key`,
    );
  return approvers;
}
