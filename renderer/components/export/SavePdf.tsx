import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { bridge, value } from '../../app/bridge.ts';
import { fileStem } from './table.ts';

/** A route of the window as PDF, for people who read paper. `name` is what the file is about. */
export function SavePdf({ name, route }: { name: string; route: string }) {
  const save = useMutation({
    mutationFn: () => value(bridge.shell.savePdf({ suggestedName: `${fileStem(name)}.pdf`, route })),
  });
  return (
    <>
      <span role="status" className="quiet truncate" style={{ maxWidth: 320 }}>
        {save.error !== null && save.error.message}
        {save.data && <span title={save.data.path}>Saved {save.data.path.split(/[\\/]/).at(-1)}</span>}
      </span>
      <Button variant="default" loading={save.isPending} onClick={() => save.mutate()}>
        Export PDF…
      </Button>
    </>
  );
}
