import { isRoot, type Roster } from './roster.ts';
import { keyring, unusableBecause, type RosterKey } from './keyring.ts';

/** One version of a roster: its digest is the SHA-256 of its payload. `signers` are the keys whose signatures verified. */
export interface RosterVersion {
  readonly roster: Roster;
  readonly digest: string;
  readonly signers: readonly string[];
}

/**
 * Why a sequence of roster versions is no chain, or null when it is one. The first version is trusted by its
 * digest alone (compared where `pin` is given) and signed by its own roots; version n+1 names n's digest and is signed
 * by a threshold of n's roots and of its own. Roots are counted by person, with keys valid when it was issued.
 */
export function chainBrokenBecause(
  versions: readonly RosterVersion[],
  keyIdOf: (publicKey: string) => string,
  pin: string | null,
): string | null {
  for (const [index, version] of versions.entries()) {
    const before = versions[index - 1];
    const name = `roster version ${version.roster.version}`;
    if (before === undefined) {
      if (pin !== null && version.digest !== pin)
        return `${name} has the digest ${version.digest}, not the pinned ${pin}`;
      if (pin === null && version.roster.version !== 1)
        return `${name} is not the first; give the versions before it, or its digest`;
    } else {
      const problem = succeeds(version, before, name, keyIdOf);
      if (problem !== null) return problem;
    }
    const own = rootsThatSigned(version.roster, version, keyIdOf);
    if (own < version.roster.thresholds.root) {
      return `${name} is signed by ${own} of its own roots and needs ${version.roster.thresholds.root}`;
    }
  }
  return versions.length === 0 ? 'no roster was given' : null;
}

function succeeds(
  version: RosterVersion,
  before: RosterVersion,
  name: string,
  keyIdOf: (publicKey: string) => string,
): string | null {
  const { roster } = version;
  if (roster.version !== before.roster.version + 1)
    return `${name} does not follow version ${before.roster.version}`;
  if (roster.previous !== before.digest)
    return `${name} names another previous version than ${before.digest}`;
  if (roster.organisation !== before.roster.organisation)
    return `${name} changes the organisation of the roster`;
  if (Date.parse(roster.issuedAt) < Date.parse(before.roster.issuedAt))
    return `${name} is issued before the version it follows`;
  const lost = before.roster.revocations.find(
    (old) =>
      !roster.revocations.some(
        (entry) => entry.keyId === old.keyId && Date.parse(entry.at) <= Date.parse(old.at),
      ),
  );
  if (lost !== undefined) return `${name} takes back the revocation of key ${lost.keyId}`;
  const former = rootsThatSigned(before.roster, version, keyIdOf);
  const needed = before.roster.thresholds.root;
  return former < needed
    ? `${name} is signed by ${former} roots of version ${before.roster.version} and needs ${needed}`
    : null;
}

/** How many distinct roots of `authority` signed `version`, with keys that could sign when it was issued. */
function rootsThatSigned(
  authority: Roster,
  version: RosterVersion,
  keyIdOf: (publicKey: string) => string,
): number {
  const signed = (key: RosterKey): boolean =>
    isRoot(authority.organisation, key.person) &&
    version.signers.includes(key.publicKey) &&
    unusableBecause(key, version.roster.issuedAt) === null;
  return new Set(
    keyring(authority, keyIdOf, version.roster.revocations)
      .filter(signed)
      .map((key) => key.person.id),
  ).size;
}
