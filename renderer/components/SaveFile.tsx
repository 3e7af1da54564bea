import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import css from './SaveFile.module.css';

/** Saves to a file of the person's choice, and says where it went. `save` answers null when they chose none. */
export function SaveFile<Saved extends { readonly path: string }>({
  label,
  save,
  more,
  disabled = false,
  id,
}: {
  label: string;
  save: () => Promise<Saved | null>;
  /** What else there is to say of what was saved. */
  more?: (saved: Saved) => string;
  disabled?: boolean;
  id?: string | undefined;
}) {
  const saving = useMutation({ mutationFn: save });
  return (
    <span className={css['save']}>
      <Button
        id={id}
        variant="default"
        disabled={disabled}
        loading={saving.isPending}
        onClick={() => saving.mutate()}
      >
        {label}
      </Button>
      <span role="status" className={css['said']}>
        {saving.error !== null && saving.error.message}
        {saving.data && (
          <span title={saving.data.path}>
            Saved {saving.data.path.split(/[\\/]/).at(-1)}
            {more?.(saving.data)}
          </span>
        )}
      </span>
    </span>
  );
}
