import { z } from 'zod';
import type { ReleaseRow } from '../../../../shared/contract/releases.ts';
import { parentOf } from '../../../../shared/domain/release/parent.ts';
import { isUndecided } from '../../releases/rows.ts';

/** Text of an address; a number written there is text too. */
export const Text = z.union([z.string(), z.number().transform(String)]);
export const Choice = Text.optional().catch(undefined);

/** Two releases: the one that is looked at, and the one it is compared with. */
export const PairSearch = z.object({ release: Choice, against: Choice });
export type PairSearch = z.infer<typeof PairSearch>;

/** The pair an address names; else the release that awaits a decision, or the newest, beside its parent. */
export function chosenPair(
  releases: readonly ReleaseRow[],
  search: PairSearch,
): { release: ReleaseRow | null; against: ReleaseRow | null } {
  const named = (digest: string | undefined) => releases.find((row) => row.digest === digest);
  const release = named(search.release) ?? releases.find(isUndecided) ?? releases[0] ?? null;
  if (release === null) return { release, against: null };
  const other = named(search.against) ?? parentOf(release.manifest, releases);
  return { release, against: other?.digest === release.digest ? null : other };
}
