import { Button, CloseButton, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { bridge, value } from '../../app/bridge.ts';
import { Section } from '../../components/Section.tsx';
import css from './Verify.module.css';

/** Whose roster decides: the workspace's, or files that came from the roots by another way. */
export function TrustedRoster({
  rosters,
  pin,
  onChange,
}: {
  rosters: readonly string[];
  pin: string;
  onChange: (trust: { rosters: string[]; pin: string }) => void;
}) {
  const [own, setOwn] = useState(rosters.length === 0);
  const choose = async () => {
    const paths = await value(bridge.shell.chooseFiles({ what: 'roster' }));
    if (paths.length > 0) onChange({ rosters: [...new Set([...rosters, ...paths])], pin });
  };
  return (
    <Section title="Trusted roster" note="Who may sign is never taken from the record itself">
      <SegmentedControl
        mt={12}
        size="xs"
        aria-label="Trusted roster"
        data={[
          { value: 'workspace', label: 'The roster of this workspace' },
          { value: 'files', label: 'Roster files' },
        ]}
        value={own ? 'workspace' : 'files'}
        onChange={(choice) => {
          setOwn(choice === 'workspace');
          if (choice === 'workspace') onChange({ rosters: [], pin: '' });
        }}
      />
      {!own && (
        <div className={css['files']}>
          {rosters.length > 0 && (
            <ul aria-label="Roster files">
              {rosters.map((path) => (
                <li key={path}>
                  <span className="truncate" title={path}>
                    {path.split(/[\\/]/).at(-1)}
                  </span>
                  <CloseButton
                    size="xs"
                    aria-label={`Leave ${path} out`}
                    onClick={() => onChange({ rosters: rosters.filter((other) => other !== path), pin })}
                  />
                </li>
              ))}
            </ul>
          )}
          <div className={css['row']}>
            <Button variant="default" h={36} onClick={() => void choose()}>
              {rosters.length === 0 ? 'Choose every version of the roster…' : 'Add a version…'}
            </Button>
            <TextInput
              w={360}
              label="Digest the first version must have"
              placeholder="SHA-256, if you know it from elsewhere"
              styles={{ input: { fontFamily: 'var(--mono)', fontSize: 12 } }}
              value={pin}
              onChange={(event) => onChange({ rosters: [...rosters], pin: event.currentTarget.value.trim() })}
            />
          </div>
          {rosters.length === 0 && (
            <p className="quiet">Until a file is chosen, the roster of this workspace decides.</p>
          )}
        </div>
      )}
    </Section>
  );
}
