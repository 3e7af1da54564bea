import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReplayDetail } from '../../../shared/contract/replay.ts';
import { bridge, value } from '../../app/bridge.ts';
import { fileStem } from '../../components/export/table.ts';
import { rankerName } from '../../components/ranker-name.ts';

/** The whole report as PDF, for people who read paper. */
export function PrintButton({ replay: { id, candidate, baseline } }: { replay: ReplayDetail }) {
  const save = useMutation({
    mutationFn: () => {
      const suggestedName = `${fileStem(`${rankerName(candidate)} against ${rankerName(baseline)}`)}.pdf`;
      return value(bridge.shell.savePdf({ suggestedName, route: `/print/replay/${id}` }));
    },
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
