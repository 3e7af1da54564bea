import { useMemo, type ComponentProps, type ComponentType, type ReactNode } from 'react';
import type { ReleasePair } from '../../../../shared/contract/changes.ts';
import type { ReleaseRow } from '../../../../shared/contract/releases.ts';
import { useSubject } from '../../../app/place.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { Page } from '../../../components/Page.tsx';
import { Ranker } from '../../../components/Ranker.tsx';
import { releaseName } from '../../releases/rows.ts';
import { WeightsTabs } from '../WeightsTabs.tsx';
import { Compared } from './Compared.tsx';
import { PairChoice } from './PairChoice.tsx';
import { PairPage, type PairProps } from './PairPage.tsx';

type ComparedRelease = Parameters<ComponentProps<typeof Compared>['children']>[0];

interface Parts {
  /** What the page is called for a release of this name. */
  readonly heading: (name: string) => string;
  readonly fill?: boolean;
  readonly Lead?: ComponentType<{ pair: ReleasePair }>;
  readonly Actions?: ComponentType<{ pair: ReleasePair; release: ReleaseRow }>;
  readonly onChange: ComponentProps<typeof PairChoice>['onChange'];
  readonly children: (compared: ComparedRelease, pair: ReleasePair) => ReactNode;
}

/** A page on what changed in a release against another one. */
export function ComparedPage({
  title,
  empty,
  search,
  ...parts
}: Parts & Pick<ComponentProps<typeof PairPage>, 'title' | 'empty' | 'search'>) {
  return <PairPage {...{ title, empty, search }}>{(pair) => <ComparedPair {...parts} {...pair} />}</PairPage>;
}

function ComparedPair({
  heading,
  fill = false,
  Lead,
  Actions,
  onChange,
  children,
  ...chosen
}: Parts & PairProps) {
  const { release, against } = chosen;
  const { digest: after } = release;
  const before = against?.digest ?? null;
  const pair = useMemo(() => (before === null ? null : { before, after }), [before, after]);
  useSubject(releaseName(release), after);
  return (
    <Page
      title={heading(releaseName(release))}
      fill={fill}
      lead={
        against !== null && (
          <>
            <Ranker side="baseline" ranker={against.manifest} named />
            <Ranker side="candidate" ranker={release.manifest} named />
            {pair !== null && Lead !== undefined && <Lead pair={pair} />}
          </>
        )
      }
      actions={pair !== null && Actions !== undefined && <Actions {...{ pair, release }} />}
    >
      <WeightsTabs release={after} against={before} />
      <PairChoice {...chosen} onChange={onChange} />
      {pair === null ? (
        <EmptyState title="Nothing to compare with">
          {release.manifest.parent === null
            ? 'This release names no parent.'
            : `Its parent ${release.manifest.parent} is not in this workspace.`}{' '}
          Choose another release above.
        </EmptyState>
      ) : (
        <Compared key={`${pair.before} ${pair.after}`} pair={pair}>
          {(compared) => children(compared, pair)}
        </Compared>
      )}
    </Page>
  );
}
