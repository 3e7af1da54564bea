import type { ReactNode } from 'react';
import type { ReleaseRow } from '../../../../shared/contract/releases.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { LoadedPage } from '../../../components/LoadedPage.tsx';
import { Page } from '../../../components/Page.tsx';
import { ImportButton } from '../../releases/ImportButton.tsx';
import { useReleases } from '../../releases/queries.ts';
import { chosenPair, type PairSearch } from './search.ts';

/** The release that is looked at, the one it is compared with, and those to choose from. */
export interface PairProps {
  readonly releases: readonly ReleaseRow[];
  readonly release: ReleaseRow;
  readonly against: ReleaseRow | null;
}

/** A page on the release an address names and the one it is compared with; `empty` says what belongs there. */
export function PairPage({
  title,
  empty,
  search,
  children,
}: {
  title: string;
  empty: string;
  search: PairSearch;
  children: (pair: PairProps) => ReactNode;
}) {
  const releases = useReleases();
  return (
    <LoadedPage title={title} query={releases}>
      {(releases) => {
        const { release, against } = chosenPair(releases, search);
        return release === null ? (
          <Page title={title}>
            <EmptyState title="No release yet" action={<ImportButton />}>
              {empty}
            </EmptyState>
          </Page>
        ) : (
          children({ releases, release, against })
        );
      }}
    </LoadedPage>
  );
}
