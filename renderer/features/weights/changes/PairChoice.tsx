import { Select } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ReleaseRow } from '../../../../shared/contract/releases.ts';
import { releaseName } from '../../releases/rows.ts';
import css from './Changes.module.css';

/** Which release is looked at, and which one it is compared with. */
export function PairChoice({
  releases,
  release,
  against,
  onChange,
  children,
}: {
  releases: readonly ReleaseRow[];
  release: ReleaseRow;
  against: ReleaseRow | null;
  onChange: (pair: { release?: string | undefined; against?: string | undefined }) => void;
  children?: ReactNode;
}) {
  const names = (rows: readonly ReleaseRow[]) =>
    rows.map((row) => ({ value: row.digest, label: `${releaseName(row)} (${row.state})` }));
  return (
    <div className={css['choices']}>
      <Select
        label="Release"
        w={260}
        data={names(releases)}
        value={release.digest}
        allowDeselect={false}
        onChange={(release) => onChange({ release: release ?? undefined, against: undefined })}
      />
      <Select
        label="Compared with"
        w={260}
        placeholder="Choose a release"
        data={names(releases.filter(({ digest }) => digest !== release.digest))}
        value={against?.digest ?? null}
        allowDeselect={false}
        onChange={(against) => onChange({ against: against ?? undefined })}
      />
      {children}
    </div>
  );
}
