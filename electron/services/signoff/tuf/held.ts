import { readFile } from 'node:fs/promises';
import type { ServiceApi } from '../../../../shared/contract/index.ts';
import { refused } from '../../../../shared/domain/error.ts';
import { workspacePaths } from '../../../database/workspace/open.ts';
import { openCheckpointSigner } from '../../audit/checkpoint-key.ts';
import type { SignoffContext } from '../context.ts';
import { requireShown } from '../decide.ts';
import { sha256Hex } from '../digest.ts';
import { holdsKey, openHeldKey } from '../held-keys.ts';
import type { SigningKey } from '../key-file.ts';
import { judgementOf } from '../standing.ts';
import { personNamed } from '../../../../shared/domain/roster/roster.ts';
import { newestStatement, type StoredRelease } from '../tables.ts';
import { needsRoots } from './delegate.ts';
import { exportTuf } from './export.ts';
import { readRepository } from './repository.ts';
import { rolesOf } from './roles.ts';

type Input = Parameters<ServiceApi<'signoff'>['exportTuf']>[0];
type Written = Awaited<ReturnType<ServiceApi<'signoff'>['exportTuf']>>;
type Signers = Awaited<ReturnType<ServiceApi<'signoff'>['tufSigners']>>;

/** Who has to sign the repository in a folder, and which of them can do it here. */
export async function tufSigners(
  { workspace, now }: SignoffContext,
  { manifest }: StoredRelease,
  out: string,
): Promise<Signers> {
  const at = now();
  const { chain } = judgementOf(workspace, at);
  const roles = rolesOf(
    chain,
    openCheckpointSigner(workspacePaths(workspace.folder).logKey).signing.publicKey,
    at,
  );
  const submitter = personNamed(chain.roster, manifest.submitted_by);
  const here = (publicKeys: readonly string[], without: string | null) =>
    chain.keys
      .filter((key) => publicKeys.includes(key.publicKey) && holdsKey(workspace.folder, key))
      .filter(({ person }) => person.id !== without)
      .map(({ keyId, person }) => ({ keyId, person: person.name }));
  const approvers = {
    role: 'approver' as const,
    needed: roles.approvers.threshold,
    keys: here(roles.approvers.publicKeys, submitter?.id ?? null),
  };
  const repository = await readRepository(out);
  if (!needsRoots(repository, roles, at)) return [approvers];
  const { root } = roles;
  return [approvers, { role: 'root' as const, needed: root.threshold, keys: here(root.publicKeys, null) }];
}

/** Exports with keys of this workspace, each opened with its passphrase for this alone. */
export async function exportHeldTuf(
  context: SignoffContext,
  { releaseDigest, out, until, signers }: Input,
): Promise<Written> {
  const { workspace, keyStore, now } = context;
  const statement = newestStatement(workspace.db, releaseDigest);
  if (statement !== null) requireShown(context, statement);
  const { chain } = judgementOf(workspace, now());
  const keys: SigningKey[] = [];
  for (const { keyId, passphrase } of signers) {
    const key = chain.keys.find((candidate) => candidate.keyId === keyId);
    if (key === undefined) throw refused(`the key ${keyId} is not on the roster; sign with a key that is`);
    keys.push(await openHeldKey(workspace.folder, key, passphrase, keyStore));
  }
  const { root, ...written } = await exportTuf(context, {
    release: releaseDigest,
    keys,
    online: openCheckpointSigner(workspacePaths(workspace.folder).logKey).signing,
    expires: until,
    out,
  });
  const sha256 = sha256Hex(await readFile(root));
  return { ...written, targets: [...written.targets], root: { path: root, sha256 } };
}
