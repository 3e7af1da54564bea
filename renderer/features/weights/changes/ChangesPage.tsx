import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReleasePair } from '../../../../shared/contract/changes.ts';
import type { ReleaseRow } from '../../../../shared/contract/releases.ts';
import { bridge, value } from '../../../app/bridge.ts';
import { ButtonLink } from '../../../components/ButtonLink.tsx';
import { Digest } from '../../../components/Digest.tsx';
import { ComparedPage } from './ComparedPage.tsx';
import { Paper } from './Paper.tsx';
import { useChanges } from './queries.ts';

const route = getRouteApi('/frame/weights/changes');

/** What changed in a release against its parent, or against any other, to be read from top to bottom and printed. */
export function ChangesPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <ComparedPage
      title="Changes"
      heading={(name) => `Changes of ${name}`}
      search={search}
      empty="Here you read what changed in a release since its parent: policy, tensors, features, training data and papers."
      Lead={DocumentDigest}
      Actions={Exports}
      onChange={(pair) => void navigate({ search: (last) => ({ ...last, ...pair }), replace: true })}
    >
      {(compared, pair) => (
        <Paper
          compared={compared}
          more={
            <Link to="/weights/diff" search={{ release: pair.after, against: pair.before }}>
              See all tensors
            </Link>
          }
        />
      )}
    </ComparedPage>
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
