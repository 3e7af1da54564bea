import { Button, Checkbox, Group, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { Macro } from '../../../../shared/domain/review/macro.ts';
import { bridge, value } from '../../../app/bridge.ts';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { Loaded } from '../../../components/Loaded.tsx';
import { keysOf, macroKeyRefusedBecause } from '../desk/commands.ts';
import { ItemFields } from '../history/RulingFields.tsx';
import { useLibrary, usePreferences, useReadAgain } from '../queries.ts';
import css from './Macros.module.css';

/** A kept decision to be written or changed. A key that means something already is not taken. */
export function MacroForm({
  macro,
  isNew,
  others,
  policies,
  onDone,
}: {
  /** As the person saw it when the form was opened. */
  macro: Macro;
  isNew: boolean;
  others: readonly Macro[];
  policies: string;
  onDone: () => void;
}) {
  const library = useLibrary(policies);
  const preferences = usePreferences();
  const [changed, setChanged] = useState(macro);
  const save = useMutation({
    mutationFn: (changed: Macro) =>
      value(bridge.review.saveMacro(isNew ? changed : { ...changed, was: macro })),
    onSuccess: onDone,
    onError: useReadAgain('macros'),
  });
  const { name, key, shared, ruling } = changed;
  const problem = macroKeyRefusedBecause(key, keysOf(preferences.data?.inForce.keys ?? {}), others);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ ...changed, name: name.trim() });
  };
  return (
    <form className={css['form']} onSubmit={submit} aria-label="Kept decision">
      <Group gap={12} align="start">
        <TextInput
          label="Name"
          w={280}
          data-autofocus
          maxLength={80}
          value={name}
          onChange={(event) => setChanged({ ...changed, name: event.currentTarget.value })}
        />
        <TextInput
          label="Key"
          w={200}
          maxLength={1}
          placeholder="none"
          error={problem}
          value={key ?? ''}
          onChange={(event) => setChanged({ ...changed, key: event.currentTarget.value || null })}
        />
      </Group>
      <Loaded query={library}>
        {(library) => (
          <ItemFields
            ruling={{ kind: 'item', itemId: '', revealed: false, ...ruling }}
            library={library}
            onChange={({ actions, policy, reason, severity, note }) =>
              setChanged({ ...changed, ruling: { actions, policy, reason, severity, note } })
            }
          />
        )}
      </Loaded>
      <Textarea
        label="Note"
        autosize
        minRows={2}
        maxLength={4000}
        value={ruling.note}
        onChange={(event) =>
          setChanged({ ...changed, ruling: { ...ruling, note: event.currentTarget.value } })
        }
      />
      <Checkbox
        label="For the whole team"
        checked={shared}
        onChange={(event) => setChanged({ ...changed, shared: event.currentTarget.checked })}
      />
      <div>
        <Button
          type="submit"
          loading={save.isPending}
          disabled={name.trim() === '' || ruling.actions.length === 0 || problem !== null}
        >
          Keep it
        </Button>
      </div>
      {save.error !== null && <ErrorState error={save.error} />}
    </form>
  );
}
