import { Button, Checkbox, NumberInput, SegmentedControl, TagsInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import {
  preferencesInForce,
  type OwnPreferences,
  type Preferences,
} from '../../../../shared/domain/review/preferences.ts';
import { bridge, value } from '../../../app/bridge.ts';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { Loaded } from '../../../components/Loaded.tsx';
import { usePreferences, useReviewer } from '../queries.ts';
import css from './Care.module.css';

type Scope = 'own' | 'team';

/** What the desk covers, leaves to others and offers: the team's default, and what a person has otherwise. */
export function CareSettings() {
  const preferences = usePreferences();
  const reviewer = useReviewer();
  const [scope, setScope] = useState<Scope>('own');
  const save = useMutation({
    mutationFn: (input: { scope: Scope; preferences: OwnPreferences; reset?: (keyof Preferences)[] }) =>
      value(bridge.review.savePreferences(input)),
  });
  if (reviewer.data === null)
    return <p className="quiet">Unlock a key on the page Review: these settings are a person’s own.</p>;
  return (
    <Loaded query={preferences}>
      {({ team, own, inForce }) => {
        const set = (preferences: OwnPreferences) => save.mutate({ scope, preferences });
        const changed = Object.keys(scope === 'own' ? own : team).some((name) => name !== 'keys');
        return (
          <div className={css['care']}>
            <SegmentedControl
              size="xs"
              aria-label="Whose settings"
              data={[
                { value: 'own', label: 'Yours' },
                { value: 'team', label: 'The team’s default' },
              ]}
              value={scope}
              onChange={setScope}
            />
            <Fields shown={scope === 'own' ? inForce : preferencesInForce(team, {})} onChange={set} />
            <Button
              size="compact-sm"
              variant="default"
              disabled={!changed}
              onClick={() => save.mutate({ scope, preferences: {}, reset: [...CARE] })}
            >
              {scope === 'own' ? 'Back to the team’s default' : 'Back to the built-in default'}
            </Button>
            {save.error !== null && <ErrorState error={save.error} />}
          </div>
        );
      }}
    </Loaded>
  );
}

/** What is set here; keys are set elsewhere. */
const CARE = ['blur', 'grey', 'muted', 'optOut', 'breakAfter'] as const;

function Fields({ shown, onChange }: { shown: Preferences; onChange: (part: OwnPreferences) => void }) {
  const box = (name: 'blur' | 'grey' | 'muted', label: string) => (
    <Checkbox
      label={label}
      checked={shown[name]}
      onChange={(event) => onChange({ [name]: event.currentTarget.checked })}
    />
  );
  return (
    <>
      {box('blur', 'Stills are blurred until they are shown')}
      {box('grey', 'Stills are without colour until they are shown')}
      {box('muted', 'Sound is off')}
      <TagsInput
        label="Labels left to others"
        description="Feeds with such items are not given to you"
        placeholder={shown.optOut.length === 0 ? 'none' : ''}
        value={[...shown.optOut]}
        onChange={(optOut) => onChange({ optOut })}
      />
      <NumberInput
        label="Offer a break after"
        description="minutes of work; empty offers none"
        w={240}
        min={5}
        max={480}
        value={shown.breakAfter ?? ''}
        onBlur={(event) => {
          const minutes = Number(event.currentTarget.value);
          onChange({ breakAfter: minutes >= 5 && minutes <= 480 ? Math.round(minutes) : null });
        }}
      />
    </>
  );
}
