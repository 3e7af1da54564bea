import type { Reader } from '../database/review/sealed.ts';
import { readerOf } from '../services/review/session.ts';
import type { RosterChain } from '../services/signoff/roster-chain.ts';
import { unlockRosterKey } from './roster-key.ts';

/** Whose eyes a command reads with: those of the person whose private key lies in `path`, or nobody's without one. */
export async function readerBy(path: string | undefined, roster: () => RosterChain): Promise<Reader> {
  if (path === undefined) return '';
  const { person } = await unlockRosterKey(path, roster());
  return readerOf({ person: person.id, roles: person.roles });
}
