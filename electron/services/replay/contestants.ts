import type { RankerRef } from '../../../shared/domain/replay/report.ts';
import type { PolicyDraft } from '../../../shared/contract/weights.ts';
import { listDrafts } from '../../database/workspace/policy-drafts.ts';
import { getRelease, listReleases } from '../../database/workspace/releases.ts';
import { getSnapshot } from '../../database/workspace/snapshots.ts';
import type { ServiceContext } from '../context.ts';
import {
  draftContestant,
  draftRef,
  loggedContestant,
  loggedRef,
  refOf,
  releaseContestant,
  type Contestant,
} from './ranker.ts';

type Db = ServiceContext['workspace']['db'];

/** A ranker of the workspace by its digest: a release, a draft, or the order that the snapshot `on` holds. */
export function refNamed(db: Db, digest: string, on: string): RankerRef {
  const logged = loggedRef(getSnapshot(db, on).info);
  if (digest === logged.digest) return logged;
  const draft = draftNamed(db, digest);
  if (draft !== null) return draftRef(draft.release, draft.draft);
  return refOf(getRelease(db, digest));
}

/** The same, ready to rank; `fresh` hashes its bundle anew. */
export async function contestantNamed(
  { workspace: { db }, bundles }: Pick<ServiceContext, 'workspace' | 'bundles'>,
  digest: string,
  on: string,
  { fresh }: { readonly fresh: boolean },
): Promise<Contestant> {
  const bundle = (release: string) => (fresh ? bundles.reread(release) : bundles.get(release));
  const { info } = getSnapshot(db, on);
  if (digest === loggedRef(info).digest) return loggedContestant(info);
  const found = draftNamed(db, digest);
  if (found !== null) return draftContestant(await bundle(found.release.digest), found.draft);
  return releaseContestant(await bundle(digest));
}

/** Releases, newest first, each followed by its drafts; then the order the snapshot holds. */
export function rankersOf(db: Db, on: string): RankerRef[] {
  const { info } = getSnapshot(db, on);
  const releases = listReleases(db).flatMap((release) => {
    const drafts = listDrafts(db, release.digest).map((draft) => draftRef(release, draft));
    return [refOf(release), drafts].flat();
  });
  return [...releases, loggedRef(info)];
}

function draftNamed(
  db: Db,
  digest: string,
): { draft: PolicyDraft; release: ReturnType<typeof getRelease> } | null {
  for (const release of listReleases(db)) {
    const draft = listDrafts(db, release.digest).find((saved) => draftRef(release, saved).digest === digest);
    if (draft !== undefined) return { draft, release: getRelease(db, release.digest) };
  }
  return null;
}
