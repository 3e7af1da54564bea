import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { bridge, value } from '../app/bridge.ts';
import css from './SaveText.module.css';

/** Writes a text that is made when it is asked for to a file of the person's choice, and says where it went. */
export function SaveText({
  label,
  make,
  disabled = false,
  id,
}: {
  label: string;
  make: () => Promise<{ fileName: string; text: string }>;
  disabled?: boolean;
  id?: string;
}) {
  const save = useMutation({
    mutationFn: async () => {
      const { fileName, text } = await make();
      return value(bridge.shell.saveText({ suggestedName: fileName, text }));
    },
  });
  return (
    <span className={css['save']}>
      <Button
        id={id}
        variant="default"
        disabled={disabled}
        loading={save.isPending}
        onClick={() => save.mutate()}
      >
        {label}
      </Button>
      <span role="status" className={css['said']}>
        {save.error !== null && save.error.message}
        {save.data && <span title={save.data.path}>Saved {save.data.path.split(/[\\/]/).at(-1)}</span>}
      </span>
    </span>
  );
}
