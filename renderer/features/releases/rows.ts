import type { ReleaseRow } from '../../../shared/contract/releases.ts';
import { rankerName } from '../../components/ranker-name.ts';
import type { ReleasesSearch } from './search.ts';

export const releaseName = (release: ReleaseRow): string => rankerName(release.manifest);

/** A release of the US team that nobody decided yet. */
export const isUndecided = ({ state, manifest }: ReleaseRow): boolean =>
  manifest.team === 'us' && ['draft', 'submitted', 'in review'].includes(state);

const KEYS: Record<ReleasesSearch['sort'], (release: ReleaseRow) => string | number> = {
  release: releaseName,
  state: (release) => release.state,
  team: (release) => release.manifest.team,
  submitted: (release) => release.manifest.submitted_by,
  imported: (release) => release.importedAt,
  size: (release) => release.bytes,
};

/** The releases a search lets through, in its order; equals stay by name. */
export function shownReleases(releases: readonly ReleaseRow[], search: ReleasesSearch): ReleaseRow[] {
  const wanted = search.q.trim().toLowerCase();
  const keyOf = KEYS[search.sort];
  return releases
    .filter(({ state }) => search.state === 'all' || state === search.state)
    .filter((release) =>
      [releaseName(release), release.manifest.submitted_by, release.digest].some((text) =>
        text.toLowerCase().includes(wanted),
      ),
    )
    .toSorted((a, b) => {
      const order = compare(keyOf(a), keyOf(b));
      return (search.desc ? -order : order) || compare(releaseName(a), releaseName(b));
    });
}

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
