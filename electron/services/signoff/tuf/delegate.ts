import { refused } from '../../../../shared/domain/error.ts';
import type { SigningKey } from '../key-file.ts';
import type { RosterChain } from '../roster-chain.ts';
import { delegationText, rootFile, tufKey, type Listed, type TufRoles } from './metadata.ts';
import { delegationFits, rootFits, type TufRepository } from './repository.ts';
import { seconds } from './seconds.ts';

/** What stands above the approvers in a repository. */
interface Delegated {
  /** `text` null: it is there already. */
  readonly root: { readonly name: string; readonly text: string | null };
  readonly delegation: Listed;
}

interface Signing {
  /** Of a delegation that is made anew. */
  readonly version: number;
  /** The roots' keys are taken from among these. */
  readonly keys: readonly SigningKey[];
  readonly at: string;
}

/** Whether the roots have to sign before the approvers can. */
export const needsRoots = (repository: TufRepository, roles: TufRoles, at: string): boolean =>
  !rootFits(repository, roles, at) || !delegationFits(repository, roles, at);

/**
 * The root and the top-level targets that delegate to the approvers of a roster: those of the repository where they
 * say so, else new ones signed by the roster's roots. A new root is also signed by a threshold of the one before, so that
 * clients follow. Refuses where keys of roots are missing.
 */
export function delegate(
  repository: TufRepository,
  roles: TufRoles,
  { roster, keys }: RosterChain,
  { version, keys: given, at }: Signing,
): Delegated {
  const { root, delegation } = repository;
  const keepsRoot = root !== null && rootFits(repository, roles, at);
  if (keepsRoot && delegation !== null && delegationFits(repository, roles, at))
    return { root: { name: root.name, text: null }, delegation };
  const rootVersion = (root?.metadata.signed.version ?? 0) + 1;
  const names = [...(keepsRoot ? [] : [`${rootVersion}.root.json`]), `${version}.targets.json`].join(' and ');
  const distinct = [...new Map(given.map((key) => [key.publicKey, key])).values()];
  const roots = distinct.filter(({ publicKey }) => roles.root.publicKeys.includes(publicKey));
  if (roots.length < roles.root.threshold)
    throw refused(
      `${roles.root.threshold} roots sign ${names} for roster version ${roster.version}, and ${roots.length} of the keys given are theirs; give their --key`,
    );
  const held = new Set([...roles.root.publicKeys, ...roles.approvers.publicKeys]);
  const ends = keys.filter(({ publicKey }) => held.has(publicKey)).map(({ validUntil }) => validUntil);
  const expires = seconds(ends.reduce((a, b) => (Date.parse(a) < Date.parse(b) ? a : b)));
  const text = delegationText(roles, { version, expires }, roots);
  if (keepsRoot) return { root: { name: root.name, text: null }, delegation: { version, text } };
  const before = root === null ? [] : formerRoots(repository, distinct);
  const signers = [...roots, ...before.filter((key) => !roots.includes(key))];
  const [name, rootText] = rootFile(roles, { version: rootVersion, expires }, signers);
  return { root: { name, text: rootText }, delegation: { version, text } };
}

/** Those of the given keys that the root before names as roots, enough of them. */
function formerRoots({ root }: TufRepository, given: readonly SigningKey[]): SigningKey[] {
  const { keyIDs = [], threshold = 0 } = root?.metadata.signed.roles['root'] ?? {};
  const former = given.filter(({ publicKey }) => keyIDs.includes(tufKey(publicKey).keyID));
  if (former.length >= threshold) return former;
  throw refused(
    `${threshold} roots of ${root?.name ?? ''} sign the next root too, so that clients follow, and ${former.length} of the keys given are theirs; give their --key`,
  );
}
