import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { bridge, value } from '../../app/bridge.ts';

/** The record as DSSE JSON for machines, and as PDF for people. */
export function ExportButtons({ releaseDigest }: { releaseDigest: string }) {
  const save = useMutation({
    mutationFn: async (form: 'json' | 'pdf') => {
      const { fileName, json } = await value(bridge.signoff.record({ releaseDigest }));
      if (form === 'json') return value(bridge.shell.saveText({ suggestedName: fileName, text: json }));
      const suggestedName = fileName.replace(/\.json$/, '.pdf');
      return value(bridge.shell.savePdf({ suggestedName, route: `/print/record/${releaseDigest}` }));
    },
  });
  return (
    <>
      <span role="status" className="quiet truncate" style={{ maxWidth: 320 }}>
        {save.error !== null && save.error.message}
        {save.data && <span title={save.data.path}>Saved {save.data.path.split(/[\\/]/).at(-1)}</span>}
      </span>
      <Button
        variant="default"
        loading={save.isPending && save.variables === 'json'}
        onClick={() => save.mutate('json')}
      >
        Export record…
      </Button>
      <Button
        variant="default"
        loading={save.isPending && save.variables === 'pdf'}
        onClick={() => save.mutate('pdf')}
      >
        Export PDF…
      </Button>
    </>
  );
}
