import { Button, Checkbox, Group, Input, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { RosterChange } from '../../../shared/contract/roster.ts';
import { Person, Role } from '../../../shared/domain/roster/roster.ts';
import { issueText } from './issue-text.ts';
import { useHeldKeys } from './queries.ts';
import css from './Roster.module.css';
import type { RosterSoFar } from './roster-so-far.ts';

const YEAR_MS = 365 * 24 * 3600 * 1000;
const NO_PERSON = { id: '', name: '', organisation: 'us', roles: [], keys: [] } as const;

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** A person as the roster will list them, with a new key beside those they have. */
export function PersonForm({
  roster,
  id,
  onDone,
}: {
  roster: RosterSoFar;
  id: string | null;
  onDone: (change: RosterChange) => void;
}) {
  const former = roster.people.find((person) => person.id === id) ?? NO_PERSON;
  const held = useHeldKeys();
  const [now] = useState(() => Date.now());
  const [personId, setPersonId] = useState(former.id);
  const [name, setName] = useState(former.name);
  const [organisation, setOrganisation] = useState<string>(former.organisation);
  const [roles, setRoles] = useState<string[]>([...former.roles]);
  const [pem, setPem] = useState('');
  const [from, setFrom] = useState(dayOf(now));
  const [until, setUntil] = useState(dayOf(now + YEAR_MS));
  const [problem, setProblem] = useState<string | null>(null);
  const unknown = (held.data ?? []).filter(({ person }) => person === null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const fresh =
      pem.trim() === ''
        ? []
        : [
            {
              publicKey: `${pem.trim()}\n`,
              validFrom: `${from}T00:00:00.000Z`,
              validUntil: `${until}T00:00:00.000Z`,
            },
          ];
    const kept = former.keys.map(({ pem: publicKey, validFrom, validUntil }) => ({
      publicKey,
      validFrom,
      validUntil,
    }));
    const person = Person.safeParse({ id: personId, name, organisation, roles, keys: [...kept, ...fresh] });
    if (person.success) onDone({ kind: 'put', person: person.data });
    else setProblem(issueText(person.error));
  };
  return (
    <form className={css['form']} onSubmit={submit}>
      <TextInput
        label="Id"
        description="Lowercase words joined by . or -"
        placeholder="dana.whitfield"
        disabled={id !== null}
        value={personId}
        onChange={(event) => setPersonId(event.currentTarget.value)}
      />
      <TextInput
        label="Full name"
        description="As it will stand on records"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <div>
        <Input.Label id="organisation" labelElement="div" display="block">
          Organisation
        </Input.Label>
        <SegmentedControl
          size="xs"
          aria-labelledby="organisation"
          data={[
            { value: 'us', label: 'US' },
            { value: 'global', label: 'Global' },
          ]}
          value={organisation}
          onChange={setOrganisation}
        />
      </div>
      <Checkbox.Group label="Roles" value={roles} onChange={setRoles}>
        <Group gap="sm" mt={4}>
          {Role.options.map((role) => (
            <Checkbox key={role} size="xs" value={role} label={role} />
          ))}
        </Group>
      </Checkbox.Group>
      {unknown.length > 0 && (
        <Select
          className={css['wide'] ?? ''}
          label="A key made here"
          placeholder="Keys of this workspace that nobody on the roster has"
          data={unknown.map(({ keyId }) => ({ value: keyId, label: `Key ${keyId.slice(0, 16)}` }))}
          onChange={(keyId) => setPem(unknown.find((key) => key.keyId === keyId)?.pem.trim() ?? '')}
        />
      )}
      <Textarea
        className={css['wide'] ?? ''}
        label={former.keys.length === 0 ? 'Public key' : 'Another public key'}
        description={
          former.keys.length === 0
            ? 'Ed25519 in PEM, as openssl pkey -pubout writes it'
            : 'Ed25519 in PEM. Keys the person has stay; revoke one that must go.'
        }
        styles={{ input: { fontFamily: 'var(--mono)', fontSize: 12 } }}
        autosize
        minRows={3}
        value={pem}
        onChange={(event) => setPem(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label="Key valid from (UTC)"
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label="Key valid until (UTC)"
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      {problem !== null && (
        <p className={css['wide']} role="alert">
          {problem}
        </p>
      )}
      <div className={css['buttons']}>
        <Button type="submit">Put into the next version</Button>
      </div>
    </form>
  );
}
