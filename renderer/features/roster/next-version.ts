import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { RosterChange } from '../../../shared/contract/roster.ts';
import { listOf, plural } from '../../components/number.ts';

interface NextVersion {
  /** Digest of the version that these changes are made to; for another one they are void. */
  readonly base: string;
  readonly changes: readonly RosterChange[];
  /** The envelope that roots are signing; null while changes are gathered. */
  readonly draft: string | null;
}

const NOTHING: NextVersion = { base: '', changes: [], draft: null };

/** The next version of the roster as it is prepared in this window; it survives a reload. */
const useStore = create<NextVersion>()(persist(() => NOTHING, { name: 'stateside-next-roster' }));

/** What is prepared on top of the version with this digest. */
export function useNextVersion(base: string): NextVersion {
  const prepared = useStore();
  return prepared.base === base ? prepared : { ...NOTHING, base };
}

export function prepare(next: NextVersion): void {
  useStore.setState(next);
}

export function discardNextVersion(): void {
  useStore.setState(NOTHING);
}

/** A change in words, for the list of what the next version will hold. */
export function changeWords(change: RosterChange): string {
  if (change.kind === 'put') {
    const { name, organisation, roles, keys } = change.person;
    const team = organisation === 'us' ? 'US' : 'global';
    return `${name} is on the roster: ${team} ${listOf(roles)}, ${plural(keys.length, 'key')}`;
  }
  if (change.kind === 'remove') return `${change.personId} leaves`;
  if (change.kind === 'revoke') return `Key ${change.keyId.slice(0, 8)} is revoked: ${change.reason}`;
  return `${change.approver} approvers and ${change.root} roots are needed`;
}
