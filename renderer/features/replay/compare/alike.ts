import type { ReplayRow } from '../../../../shared/contract/replay.ts';
import { canonicalJson } from '../../../../shared/domain/statements/canonical-json.ts';

/** What two replays must share for their figures to be comparable. */
const groundOf = ({ snapshot, baseline, settings }: ReplayRow): string =>
  canonicalJson({ snapshot: snapshot.digest, baseline: baseline.digest, settings });

/** Finished replays on the same ground as `like`, the newest of each candidate, in the order of `replays`. */
export function alike(replays: readonly ReplayRow[], like: ReplayRow): ReplayRow[] {
  const seen = new Set<string>();
  return replays.filter((replay) => {
    const { state, candidate } = replay;
    if (state !== 'done' || groundOf(replay) !== groundOf(like) || seen.has(candidate.digest)) return false;
    seen.add(candidate.digest);
    return true;
  });
}
