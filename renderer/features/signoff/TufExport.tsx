import { Button, Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { bridge, toStatesideError, value } from '../../app/bridge.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { TufForm } from './TufForm.tsx';

/** Exports an approved release as a TUF repository, for a fleet that serves approved bytes only. */
export function TufExport({ releaseDigest }: { releaseDigest: string }) {
  const [out, setOut] = useState<string | null>(null);
  const choose = useMutation({
    mutationFn: () => value(bridge.shell.chooseFolder({ what: 'repository' })),
    onSuccess: setOut,
  });
  return (
    <>
      <Button variant="default" loading={choose.isPending} onClick={() => choose.mutate()}>
        Export TUF repository…
      </Button>
      <Modal opened={out !== null} onClose={() => setOut(null)} title="Export a TUF repository" size="lg">
        {out !== null && <TufForm releaseDigest={releaseDigest} out={out} onDone={() => setOut(null)} />}
      </Modal>
      {choose.error !== null && <ErrorState error={toStatesideError(choose.error)} />}
    </>
  );
}
