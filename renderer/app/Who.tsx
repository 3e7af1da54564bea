import { Menu } from '@mantine/core';
import { IconUser } from '@tabler/icons-react';
import { listOf } from '../components/number.ts';
import { usePeople } from '../features/signoff/queries.ts';
import css from './Frame.module.css';
import { useWindowState } from './window-state.ts';

/** The person at this window, by the key they will sign with. Choosing unlocks nothing. */
export function Who() {
  const { data: people } = usePeople();
  const keyId = useWindowState((state) => state.keyId);
  const set = useWindowState((state) => state.set);
  const here = people?.filter((person) => person.keyHere) ?? [];
  const me = here.find((person) => person.keyId === keyId) ?? null;
  return (
    <Menu position="bottom-end" width={300} shadow="md">
      <Menu.Target>
        <button type="button" className={css['tool']}>
          <IconUser size={14} aria-hidden="true" />
          <span className={css['who']}>
            {me === null ? 'Choose who you are' : `${me.person} · ${listOf(me.roles)}`}
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {here.length === 0
            ? 'This workspace holds no signing key'
            : 'Keys here. The passphrase is asked when you sign.'}
        </Menu.Label>
        {here.map((person) => (
          <Menu.Item
            key={person.keyId}
            aria-current={person.keyId === keyId}
            onClick={() => set({ keyId: person.keyId })}
            rightSection={<span className="mono quiet">{person.keyId.slice(0, 8)}</span>}
          >
            {person.person}
            <span className="quiet"> · {listOf(person.roles)}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
