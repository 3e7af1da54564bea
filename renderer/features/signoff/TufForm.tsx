import { Button, Group, PasswordInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { useExportTuf, useTufSigners, type TufSigners } from './queries.ts';
import { TufResult } from './TufResult.tsx';

const YEAR_MS = 365 * 24 * 3600 * 1000;
const ROLES = { approver: 'Approver', root: 'Root' } as const;

interface Props {
  releaseDigest: string;
  out: string;
  onDone: () => void;
}

/** Asks each person who has to sign the repository, and shows what was written. */
export function TufForm(props: Props) {
  const signers = useTufSigners(props.releaseDigest, props.out);
  return <Loaded query={signers}>{(needed) => <Signing {...props} needed={needed} />}</Loaded>;
}

function Signing({ releaseDigest, out, onDone, needed }: Props & { needed: TufSigners }) {
  const slots = needed.flatMap(({ role, needed: count, keys }) =>
    Array.from({ length: count }, (_, nth) => ({ id: `${role} ${nth + 1}`, role, keys })),
  );
  const [given, setGiven] = useState<Record<string, { keyId: string; passphrase: string }>>({});
  const [until, setUntil] = useState(() => new Date(Date.now() + YEAR_MS).toISOString().slice(0, 10));
  const save = useExportTuf();
  const of = (id: string) => given[id] ?? { keyId: '', passphrase: '' };
  const put = (id: string, part: Partial<{ keyId: string; passphrase: string }>) =>
    setGiven({ ...given, [id]: { ...of(id), ...part } });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(
      { releaseDigest, out, until: `${until}T00:00:00.000Z`, signers: slots.map(({ id }) => of(id)) },
      {
        onSettled: () =>
          setGiven(Object.fromEntries(slots.map(({ id }) => [id, { ...of(id), passphrase: '' }]))),
      },
    );
  };
  if (save.data !== undefined) return <TufResult out={out} written={save.data} onDone={onDone} />;
  const ready = slots.every(({ id }) => of(id).keyId !== '' && of(id).passphrase !== '') && until !== '';
  return (
    <form onSubmit={submit} aria-label="Sign the repository">
      <Stack gap="sm">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {needed.some(({ role }) => role === 'root')
            ? 'This folder does not delegate to the approvers in force yet, so the roots sign too: from then on clients that know the root take what these approvers signed and nothing else.'
            : 'This folder delegates to the approvers in force, so they alone sign the next version.'}{' '}
          <span className="mono">{out}</span>
        </Text>
        {slots.map(({ id, role, keys }) => (
          <Group key={id} gap="sm" grow align="end">
            <Select
              label={`${ROLES[role]} ${id.split(' ')[1]}`}
              placeholder={keys.length === 0 ? `No key of ${role}s is here` : 'Choose a key'}
              data={keys.map(({ keyId, person }) => ({
                value: keyId,
                label: person,
                disabled: slots.some((other) => other.id !== id && of(other.id).keyId === keyId),
              }))}
              value={of(id).keyId || null}
              onChange={(keyId) => put(id, { keyId: keyId ?? '' })}
            />
            <PasswordInput
              label={`Passphrase of ${ROLES[role].toLowerCase()} ${id.split(' ')[1]}`}
              size="sm"
              autoComplete="off"
              value={of(id).passphrase}
              onChange={(event) => put(id, { passphrase: event.currentTarget.value })}
            />
          </Group>
        ))}
        <TextInput
          type="date"
          label="Clients take it until (UTC)"
          description="Earlier where an approval runs out earlier; export again before then"
          w={260}
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        {save.error !== null && <ErrorState error={save.error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone}>
            Write nothing
          </Button>
          <Button type="submit" disabled={!ready} loading={save.isPending}>
            Sign and write the repository
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
