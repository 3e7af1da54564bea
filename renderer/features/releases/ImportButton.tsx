import { Button } from '@mantine/core';
import { chooseBundle } from '../../app/imports.ts';

export function ImportButton({ primary = true }: { primary?: boolean }) {
  return (
    <Button variant={primary ? 'filled' : 'default'} onClick={() => void chooseBundle()}>
      Import a release…
    </Button>
  );
}
