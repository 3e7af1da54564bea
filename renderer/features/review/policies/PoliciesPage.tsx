import { FileButton, Button, Select } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { LibraryRow } from '../../../../shared/contract/review/policies.ts';
import { policyLibraryYaml } from '../../../../shared/domain/review/policy-library.ts';
import { Digest } from '../../../components/Digest.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { fileStem } from '../../../components/export/table.ts';
import { Loaded } from '../../../components/Loaded.tsx';
import { Page } from '../../../components/Page.tsx';
import { SaveText } from '../../../components/SaveText.tsx';
import { localTime } from '../../../components/time.ts';
import { useLibraries, useLibrary, useReviewer } from '../queries.ts';
import { ReviewTabs } from '../ReviewTabs.tsx';
import { Library } from './Library.tsx';
import { useImportLibrary } from './queries.ts';
import { Shipped } from './Shipped.tsx';

const route = getRouteApi('/frame/review/policies');

/** The policy library: every version that was ever in use, as decisions name it. */
export function PoliciesPage() {
  const { version } = route.useSearch();
  const libraries = useLibraries();
  const { data: reviewer = null } = useReviewer();
  const load = useImportLibrary();
  const navigate = route.useNavigate();
  const row = libraries.data?.find(({ digest }) => digest === version) ?? libraries.data?.[0];
  return (
    <Page
      title="Policies"
      fill
      lead={row !== undefined && <Version row={row} rows={libraries.data ?? []} />}
      actions={
        <>
          {row !== undefined && <Export row={row} />}
          <FileButton
            accept=".yaml,.yml"
            onChange={(file) => {
              if (file === null) return;
              load.mutate(file, {
                onSuccess: ({ digest }) => void navigate({ search: { version: digest } }),
              });
            }}
          >
            {(props) => (
              <Button
                {...props}
                variant="default"
                disabled={reviewer === null}
                title={reviewer === null ? 'Unlock your key on the campaigns page first' : undefined}
                loading={load.isPending}
              >
                Import a version…
              </Button>
            )}
          </FileButton>
        </>
      }
    >
      <ReviewTabs />
      <Shipped onImported={(digest) => void navigate({ search: { version: digest } })} />
      {load.error !== null && <ErrorState error={load.error} />}
      <Loaded query={libraries}>
        {() =>
          row === undefined ? (
            <EmptyState title="No policy library yet">
              Import a policy library as YAML; decisions then name its version by digest.
            </EmptyState>
          ) : (
            <Read digest={row.digest} />
          )
        }
      </Loaded>
    </Page>
  );
}

function Read({ digest }: { digest: string }) {
  const library = useLibrary(digest);
  return <Loaded query={library}>{(library) => <Library library={library} />}</Loaded>;
}

function Version({ row, rows }: { row: LibraryRow; rows: readonly LibraryRow[] }) {
  const navigate = route.useNavigate();
  return (
    <>
      <Select
        size="xs"
        w={440}
        aria-label="Version"
        data={rows.map(({ digest, title, version, importedAt }) => ({
          value: digest,
          label: `${version}, ${title}, ${localTime(importedAt, true)}`,
        }))}
        value={row.digest}
        onChange={(version) => void navigate({ search: { version: version ?? undefined } })}
      />
      <span>
        version <Digest of={row.digest} />
      </span>
    </>
  );
}

function Export({ row: { digest, title, version } }: { row: LibraryRow }) {
  const { data: library } = useLibrary(digest);
  return (
    <SaveText
      label="Export as YAML…"
      disabled={library === undefined}
      make={async () => {
        if (library === undefined) throw new Error(`policy library ${digest} is not read yet`);
        return { fileName: `${fileStem(`${title} ${version}`)}.yaml`, text: policyLibraryYaml(library) };
      }}
    />
  );
}
