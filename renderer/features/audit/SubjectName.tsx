import { useMemo } from 'react';
import { RouteLink } from '../../components/RouteLink.tsx';
import { useReleases } from '../releases/queries.ts';
import { releaseName } from '../releases/rows.ts';
import { useReplays, useSnapshots } from '../replay/queries.ts';
import { useCampaigns } from '../review/queries.ts';
import { subjectWords, type Subject } from './words.ts';

/** What entries are about, by what the log calls it. */
function useSubjects(): ReadonlyMap<string, Subject> {
  const { data: releases = [] } = useReleases();
  const { data: snapshots = [] } = useSnapshots();
  const { data: replays = [] } = useReplays();
  const { data: campaigns = [] } = useCampaigns();
  return useMemo(
    () =>
      new Map<string, Subject>([
        ...releases.map(
          (release) =>
            [release.digest, { name: releaseName(release), route: `/releases/${release.digest}` }] as const,
        ),
        ...snapshots.map(({ digest, meta }) => [digest, { name: meta.name, route: null }] as const),
        ...replays.map(
          ({ id, baseline, candidate }) =>
            [
              id,
              { name: `${candidate.version} against ${baseline.version}`, route: `/replay/${id}` },
            ] as const,
        ),
        ...campaigns.map(({ id, name }) => [id, { name, route: `/review/campaign/${id}/report` }] as const),
      ]),
    [releases, snapshots, replays, campaigns],
  );
}

/** What an entry is about, by its name; what the log calls it on hover. `linked` leads to its page. */
export function SubjectName({ subject, linked = false }: { subject: string; linked?: boolean }) {
  const subjects = useSubjects();
  const route = subjects.get(subject)?.route ?? null;
  const words = subjectWords(subject, subjects);
  return linked && route !== null ? (
    <RouteLink route={route} title={subject}>
      {words}
    </RouteLink>
  ) : (
    <span title={subject}>{words}</span>
  );
}
