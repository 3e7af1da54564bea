import { Button, Popover, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { memo, useState, type FormEvent } from 'react';
import type { ItemRuling } from '../../../../shared/domain/review/decision.ts';
import type { Macro } from '../../../../shared/domain/review/macro.ts';
import { bridge, value } from '../../../app/bridge.ts';
import { macroKeyRefusedBecause, type Command } from './commands.ts';
import css from './Desk.module.css';

/** Keeps what was just decided under a name and a key, to be given again with one stroke. */
export const KeepDecision = memo(function KeepDecision({
  ruling,
  macros,
  keys,
}: {
  /** null while nothing is decided of the item. */
  ruling: ItemRuling | null;
  macros: readonly Macro[];
  keys: Record<Command, string>;
}) {
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState('');
  const [key, setKey] = useState('');
  const save = useMutation({
    mutationFn: (macro: Macro) => value(bridge.review.saveMacro(macro)),
    onSuccess: () => setOpened(false),
  });
  const problem = macroKeyRefusedBecause(key, keys, macros);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ruling === null) return;
    const { actions, policy, reason, severity, note } = ruling;
    save.mutate({
      ...{ id: crypto.randomUUID(), name: name.trim(), key: key === '' ? null : key, shared: false },
      ruling: { actions, policy, reason, severity, note },
    });
  };
  return (
    <Popover position="left" width={260} shadow="md" opened={opened} onChange={setOpened} trapFocus>
      <Popover.Target>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          className={css['quietButton'] ?? ''}
          disabled={ruling === null}
          onClick={() => setOpened(!opened)}
        >
          Keep this decision…
        </Button>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label="Keep this decision">
        <form className={css['leave']} onSubmit={submit}>
          <TextInput
            size="xs"
            label="Name"
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            size="xs"
            label="Key, if it shall have one"
            maxLength={1}
            error={problem}
            value={key}
            onChange={(event) => setKey(event.currentTarget.value)}
          />
          <Button
            size="xs"
            type="submit"
            loading={save.isPending}
            disabled={name.trim() === '' || problem !== null}
          >
            Keep it
          </Button>
          {save.error !== null && <p className={css['label']}>{save.error.message}</p>}
        </form>
      </Popover.Dropdown>
    </Popover>
  );
});
