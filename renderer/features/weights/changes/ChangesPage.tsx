import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ReleasePair } from '../../../../shared/contract/changes.ts';
import type { ReleaseRow } from '../../../../shared/contract/releases.ts';
import { bridge, value } from '../../../app/bridge.ts';
import { useSubject } from '../../../app/place.ts';
import { ButtonLink } from '../../../components/ButtonLink.tsx';
import { Digest } from '../../../components/Digest.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { Page } from '../../../components/Page.tsx';
import { Ranker } from '../../../components/Ranker.tsx';
import { releaseName } from '../../releases/rows.ts';
import { WeightsTabs } from '../WeightsTabs.tsx';
import { Compared } from './Compared.tsx';
import { PairChoice } from './PairChoice.tsx';
import { Paper } from './Paper.tsx';
import { useChanges } from './queries.ts';
import { PairPage } from './PairPage.tsx';

const route = getRouteApi('/frame/weights/changes');

/** What changed in a release against its parent, or against any other, to be read from top to bottom and printed. */
export function ChangesPage() {
  const search = route.useSearch();
  return (
    <PairPage
      title="Changes"
      search={search}
      empty="Here you read what changed in a release since its parent: policy, tensors, features, training data and papers."
    >
      {(releases, pair) => <Changes releases={releases} {...pair} />}
    </PairPage>
  );
}

function Changes({
  releases,
  release,
  against,
}: {
  releases: readonly ReleaseRow[];
  release: ReleaseRow;
  against: ReleaseRow | null;
}) {
  const navigate = route.useNavigate();
  const { digest: after } = release;
  const before = against?.digest ?? null;
  const pair = useMemo(() => (before === null ? null : { before, after }), [before, after]);
  useSubject(releaseName(release), after);
  return (
    <Page
      title={`Changes of ${releaseName(release)}`}
      lead={
        against !== null && (
          <>
            <Ranker side="baseline" ranker={against.manifest} named />
            <Ranker side="candidate" ranker={release.manifest} named />
            {pair !== null && <DocumentDigest pair={pair} />}
          </>
        )
      }
      actions={pair !== null && <Exports pair={pair} release={release} />}
    >
      <WeightsTabs release={after} against={before} />
      <PairChoice
        {...{ releases, release, against }}
        onChange={(pair) => void navigate({ search: (last) => ({ ...last, ...pair }), replace: true })}
      />
      {pair === null ? (
        <EmptyState title="Nothing to compare with">
          {release.manifest.parent === null
            ? 'This release names no parent.'
            : `Its parent ${release.manifest.parent} is not in this workspace.`}{' '}
          Choose another release above.
        </EmptyState>
      ) : (
        <Compared key={`${pair.before} ${pair.after}`} pair={pair}>
          {(compared) => (
            <Paper
              compared={compared}
              more={
                <Link to="/weights/diff" search={{ release: pair.after, against: pair.before }}>
                  See all tensors
                </Link>
              }
            />
          )}
        </Compared>
      )}
    </Page>
  );
}

function DocumentDigest({ pair }: { pair: ReleasePair }) {
  const digest = useChanges(pair).data?.compared?.digest;
  return digest === undefined ? null : (
    <span>
      document <Digest of={digest} />
    </span>
  );
}

function Exports({ pair, release }: { pair: ReleasePair; release: ReleaseRow }) {
  const compared = useChanges(pair).data?.compared ?? null;
  const save = useMutation({
    mutationFn: async (form: 'json' | 'pdf') => {
      const { fileName, json } = await value(bridge.weights.changesDocument(pair));
      if (form === 'json') return value(bridge.shell.saveText({ suggestedName: fileName, text: json }));
      return value(
        bridge.shell.savePdf({
          suggestedName: fileName.replace(/\.json$/, '.pdf'),
          route: `/print/changes/${pair.before}/${pair.after}`,
        }),
      );
    },
  });
  return (
    <>
      <span role="status" className="quiet truncate" style={{ maxWidth: 260 }}>
        {save.error !== null && save.error.message}
        {save.data && <span title={save.data.path}>Saved {save.data.path.split(/[\\/]/).at(-1)}</span>}
      </span>
      {release.manifest.team === 'us' && (
        <ButtonLink to="/signoff/$digest" params={{ digest: pair.after }}>
          Sign-off
        </ButtonLink>
      )}
      <Button
        variant="default"
        disabled={compared === null}
        loading={save.isPending && save.variables === 'json'}
        onClick={() => save.mutate('json')}
      >
        Export document…
      </Button>
      <Button
        variant="default"
        disabled={compared === null}
        loading={save.isPending && save.variables === 'pdf'}
        onClick={() => save.mutate('pdf')}
      >
        Export PDF…
      </Button>
    </>
  );
}
