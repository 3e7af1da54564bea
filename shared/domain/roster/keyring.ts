import type { Person, Revocation, Roster } from './roster.ts';

/** One key of the roster with whose it is. */
export interface RosterKey {
  readonly keyId: string;
  readonly publicKey: string;
  readonly person: Person;
  readonly validFrom: string;
  readonly validUntil: string;
  /** When it was revoked, if it was; the earliest where several versions say so. */
  readonly revocation: Revocation | null;
}

/**
 * Every key of a roster. `keyIdOf` gives the keyid of a public key PEM. `laterRevocations` are those of later
 * versions: what a later version revokes is revoked for this one too.
 */
export function keyring(
  roster: Roster,
  keyIdOf: (publicKey: string) => string,
  laterRevocations: readonly Revocation[] = [],
): RosterKey[] {
  const revocations = [...roster.revocations, ...laterRevocations].toSorted(
    (a, b) => Date.parse(a.at) - Date.parse(b.at),
  );
  return roster.people.flatMap((person) =>
    person.keys.map(({ publicKey, validFrom, validUntil }) => {
      const keyId = keyIdOf(publicKey);
      const revocation = revocations.find((entry) => entry.keyId === keyId) ?? null;
      return { keyId, publicKey, person, validFrom, validUntil, revocation };
    }),
  );
}

/** Why a key could not sign at a moment, or null when it could. */
export function unusableBecause(key: RosterKey, at: string): string | null {
  const moment = Date.parse(at);
  if (Number.isNaN(moment)) return 'the time of the signature is not known';
  if (moment < Date.parse(key.validFrom)) return `the key is valid only from ${key.validFrom}`;
  if (moment >= Date.parse(key.validUntil)) return `the key was valid only until ${key.validUntil}`;
  const { revocation } = key;
  if (revocation !== null && moment >= Date.parse(revocation.at)) {
    return `the key was revoked at ${revocation.at} (${revocation.reason})`;
  }
  return null;
}
