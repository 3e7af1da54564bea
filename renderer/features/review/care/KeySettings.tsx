import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Preferences } from '../../../../shared/domain/review/preferences.ts';
import { bridge, value } from '../../../app/bridge.ts';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { KeyHint } from '../../../components/KeyHint.tsx';
import { Loaded } from '../../../components/Loaded.tsx';
import { COMMANDS, keyRefusedBecause, keysOf, type Command } from '../desk/commands.ts';
import { useMacros, usePreferences, useReviewer } from '../queries.ts';
import css from './Care.module.css';

/** The keys of the desk, each to be changed by pressing another. */
export function KeySettings() {
  const preferences = usePreferences();
  const reviewer = useReviewer();
  const macros = useMacros();
  const [asked, setAsked] = useState<Command | null>(null);
  const [problem, setProblem] = useState('');
  const save = useMutation({
    mutationFn: (keys: Preferences['keys'] | null) =>
      value(
        bridge.review.savePreferences({
          ...{ scope: 'own', preferences: keys === null ? {} : { keys } },
          ...(keys === null ? { reset: ['keys'] } : {}),
        }),
      ),
  });
  const inForce = preferences.data?.inForce.keys;
  const { mutate } = save;
  useEffect(() => {
    if (asked === null || inForce === undefined) return undefined;
    const listen = (event: KeyboardEvent) => {
      if (['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      setAsked(null);
      if (event.key === 'Escape') return setProblem('');
      const taken = (macros.data ?? []).flatMap(({ key }) => (key === null ? [] : [key]));
      const because = keyRefusedBecause(asked, event.key, keysOf(inForce), taken);
      setProblem(because ?? '');
      if (because === null) mutate({ ...inForce, [asked]: event.key });
      return undefined;
    };
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, [asked, inForce, macros.data, mutate]);
  if (reviewer.data === null) return null;
  return (
    <Loaded query={preferences}>
      {({ own, inForce }) => {
        const keys = keysOf(inForce.keys);
        return (
          <div>
            <ul className={css['keys']}>
              {COMMANDS.map(({ id, does }) => (
                <li key={id}>
                  <span>{does}</span>
                  <Button
                    size="compact-xs"
                    variant={asked === id ? 'filled' : 'default'}
                    aria-label={`${does}: ${keys[id]}. Change the key`}
                    onClick={() => {
                      setProblem('');
                      setAsked(id);
                    }}
                  >
                    {asked === id ? 'Press a key' : <KeyHint keys={[keys[id]]} />}
                  </Button>
                </li>
              ))}
            </ul>
            <p role="status" className={css['problem']}>
              {problem}
            </p>
            <Button
              size="compact-sm"
              variant="default"
              disabled={own.keys === undefined}
              onClick={() => mutate(null)}
            >
              Back to the usual keys
            </Button>
            {save.error !== null && <ErrorState error={save.error} />}
          </div>
        );
      }}
    </Loaded>
  );
}
