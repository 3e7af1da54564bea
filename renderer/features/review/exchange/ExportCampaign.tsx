import { Button } from '@mantine/core';
import { useExport } from './queries.ts';
import { Progress } from './Progress.tsx';
import css from './Exchange.module.css';

/** Signs a campaign with all its decisions and writes it to a file of the person's choice. */
export function ExportCampaign({ id, name, locked }: { id: string; name: string; locked: boolean }) {
  const save = useExport(id, name);
  return (
    <span className={css['export']}>
      <Button variant="default" disabled={locked} loading={save.isPending} onClick={() => save.mutate()}>
        Sign and export…
      </Button>
      {save.isPending && <Progress of="Export a campaign" />}
      <span role="status">
        {save.error !== null && save.error.message}
        {save.data && <span title={save.data}>Saved {save.data.split(/[\\/]/).at(-1)}</span>}
      </span>
    </span>
  );
}
