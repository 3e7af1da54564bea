import { sealedFeeds, type Reader } from '../database/review/sealed.ts';
import { readerOf } from '../services/review/session.ts';
import { signoffService } from '../services/signoff/service.ts';
import type { RosterChain } from '../services/signoff/roster-chain.ts';
import { reviewedHere } from '../services/signoff/reviewed-evidence.ts';
import { unlockRosterKey } from './roster-key.ts';
import type { OpenedWorkspace } from './workspace.ts';

/** Whose eyes a command reads with: those of the person whose private key lies in `path`, or nobody's without one. */
export async function readerBy(path: string | undefined, roster: () => RosterChain): Promise<Reader> {
  if (path === undefined) return '';
  const { person } = await unlockRosterKey(path, roster());
  return readerOf({ person: person.id, roles: person.roles });
}

/**
 * Sign-off as the person whose private key lies in `path` reads it: evidence that tells what others said of feeds that
 * they may still judge blind is not given out to them, as in the window.
 */
export async function signoffReadBy(
  path: string | undefined,
  { workspace, log, roster }: OpenedWorkspace,
): Promise<ReturnType<typeof signoffService>> {
  const reader = await readerBy(path, roster);
  const withheldBecause = (campaign: string): string | null => {
    const sealed = sealedFeeds(workspace.db, campaign, reader);
    if (sealed === 0) return null;
    const feeds = sealed === 1 ? 'a feed that is' : `${sealed} feeds that are`;
    return `the evidence tells what reviewers said of ${feeds} still judged blind; ${remedyOf(path)}`;
  };
  return signoffService(workspace, log, undefined, undefined, undefined, {
    ...reviewedHere(workspace),
    withheldBecause,
  });
}

/** What ends that something is withheld from whoever named the key in `path`, or none. */
export const remedyOf = (path: string | undefined): string =>
  path === undefined
    ? 'name the key of a lead with --key'
    : 'judge them first, or name the key of a lead with --key';
