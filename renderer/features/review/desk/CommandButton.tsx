import { Button } from '@mantine/core';
import { memo, type ReactNode } from 'react';
import { KeyHint } from '../../../components/KeyHint.tsx';
import type { Command } from './commands.ts';

/** What a key of the desk does, as a button with that key printed on it. `onRun` must stay the same. */
export const CommandButton = memo(function CommandButton({
  command,
  hint,
  chosen = false,
  disabled = false,
  onRun,
  children,
}: {
  command: Command;
  /** The key. */
  hint: string;
  chosen?: boolean;
  disabled?: boolean;
  onRun: (command: Command) => void;
  children: ReactNode;
}) {
  return (
    <Button
      size="xs"
      variant={chosen ? 'filled' : 'default'}
      justify="space-between"
      rightSection={<KeyHint keys={[hint]} />}
      disabled={disabled}
      aria-pressed={chosen}
      onClick={() => onRun(command)}
    >
      {children}
    </Button>
  );
});
