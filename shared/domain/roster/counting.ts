import { hasNoPartBecause } from './authority.ts';
import { unusableBecause, type RosterKey } from './keyring.ts';
import { personNamed, type Roster } from './roster.ts';

/** A signature that verified under `key`, or under no key of the roster. `at`: when its maker says it was made. */
export interface Signature {
  readonly key: RosterKey | null;
  readonly at: string | null;
  /** Why what it was signed under does not hold now, for example that it ran out; null or absent when it does. */
  readonly lapsedBecause?: string | null;
}

export interface CountedSignature extends Signature {
  /** Null when the signature counts, else the one reason it does not. */
  readonly notCountedBecause: string | null;
}

/**
 * Which signatures count towards the approval of a US release, and why each other one does not. Counted by
 * distinct person and distinct key bytes, in the order given. `submittedBy` null: no release in question yet.
 */
export function countSignatures(
  roster: Roster,
  submittedBy: string | null,
  signatures: readonly Signature[],
): CountedSignature[] {
  const people = new Set<string>();
  const keys = new Set<string>();
  const submitter = submittedBy === null ? null : personNamed(roster, submittedBy);
  return signatures.map((signature) => {
    const { key } = signature;
    const notCountedBecause = reasonAgainst(signature);
    if (key !== null && notCountedBecause === null) {
      people.add(key.person.id);
      keys.add(key.publicKey);
    }
    return { ...signature, notCountedBecause };
  });

  function reasonAgainst({ key, at, lapsedBecause = null }: Signature): string | null {
    if (key === null) return 'no key of the roster made it';
    const { person } = key;
    const noPart = hasNoPartBecause(person, ['approver']);
    if (noPart !== null) return noPart;
    if (person.id === submitter?.id) return `${person.name} submitted the release`;
    const unusable = unusableBecause(key, at ?? '');
    if (unusable !== null) return unusable;
    if (lapsedBecause !== null) return lapsedBecause;
    if (keys.has(key.publicKey)) return 'the same key signed already';
    if (people.has(person.id)) return `${person.name} signed already with another key`;
    return null;
  }
}
