import { Button } from '@mantine/core';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { useReviewer } from '../queries.ts';
import css from './Policies.module.css';
import { useImportShipped, useShippedLibraries } from './queries.ts';

/** Offers the versions that ship with Stateside and that the workspace lacks; nothing is imported unasked. */
export function Shipped({ onImported }: { onImported: (digest: string) => void }) {
  const { data: shipped = [] } = useShippedLibraries();
  const { data: reviewer = null } = useReviewer();
  const load = useImportShipped();
  return (
    <>
      {shipped.map(({ digest, version, title }) => (
        <div key={digest} className={css['shipped']} role="status">
          <span>
            <strong>{version}</strong>, {title}, ships with this version of Stateside and is not in this
            workspace. Campaigns keep the version they were drawn with.
          </span>
          <Button
            size="xs"
            variant="default"
            disabled={reviewer === null}
            title={reviewer === null ? 'Unlock your key on the campaigns page first' : undefined}
            loading={load.isPending && load.variables === digest}
            onClick={() => load.mutate(digest, { onSuccess: () => onImported(digest) })}
          >
            Import {version}
          </Button>
        </div>
      ))}
      {load.error !== null && <ErrorState error={load.error} />}
    </>
  );
}
