import type { ReleaseRow } from '../../../../shared/contract/releases.ts';
import type { RankerRef } from '../../../../shared/domain/replay/report.ts';
import { rankerName } from '../../../components/ranker-name.ts';

interface Group {
  group: string;
  items: { value: string; label: string }[];
}

/** What can be replayed, by kind: releases with team and state, drafts, the order the log holds. */
export function rankerGroups(rankers: readonly RankerRef[], releases: readonly ReleaseRow[]): Group[] {
  const states = new Map(releases.map(({ digest, state }) => [digest, state]));
  const released = (ranker: RankerRef): string => {
    const team = ranker.team === 'us' ? 'US' : 'global';
    const state = states.get(ranker.digest);
    return `${rankerName(ranker)} (${state === undefined ? team : `${team}, ${state}`})`;
  };
  const group = (name: string, kind: RankerRef['kind'], label: (ranker: RankerRef) => string): Group => ({
    group: name,
    items: rankers
      .filter((ranker) => ranker.kind === kind)
      .map((ranker) => ({ value: ranker.digest, label: label(ranker) })),
  });
  return [
    group('Releases', undefined, released),
    group('Drafts: evidence for no release', 'draft', rankerName),
    group('The log', 'logged', () => 'The order the log holds'),
  ].filter(({ items }) => items.length > 0);
}
