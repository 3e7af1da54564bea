import { useMemo } from 'react';
import { useReleases } from '../releases/queries.ts';
import { releaseName } from '../releases/rows.ts';
import { useSnapshots } from '../replay/queries.ts';
import { subjectWords } from './words.ts';

/** What an entry is about, by its name; its digest on hover. */
export function SubjectName({ subject }: { subject: string }) {
  const releases = useReleases();
  const snapshots = useSnapshots();
  const names = useMemo(
    () =>
      new Map([
        ...(releases.data ?? []).map((release) => [release.digest, releaseName(release)] as const),
        ...(snapshots.data ?? []).map(({ digest, meta }) => [digest, meta.name] as const),
      ]),
    [releases.data, snapshots.data],
  );
  return <span title={subject}>{subjectWords(subject, names)}</span>;
}
