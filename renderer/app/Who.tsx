import { Menu, Modal } from '@mantine/core';
import { IconLock, IconLockOpen, IconUser } from '@tabler/icons-react';
import { useState } from 'react';
import { listOf } from '../components/number.ts';
import { useLock, useUnlocked } from '../features/roster/queries.ts';
import { UnlockForm } from '../features/roster/UnlockForm.tsx';
import { usePeople } from '../features/signoff/queries.ts';
import css from './Frame.module.css';
import { TimeLeft } from './TimeLeft.tsx';
import { useWindowState } from './window-state.ts';

/** The person at this window: by the key they unlocked for a while, else by the one they will sign with. */
export function Who() {
  const { data: people } = usePeople();
  const { data: unlocked = null } = useUnlocked();
  const lock = useLock();
  const keyId = useWindowState((state) => state.keyId);
  const set = useWindowState((state) => state.set);
  const [asking, setAsking] = useState(false);
  const here = people?.filter((person) => person.keyHere) ?? [];
  const me = here.find((person) => person.keyId === (unlocked?.keyId ?? keyId)) ?? null;
  const Icon = unlocked === null ? IconUser : IconLockOpen;
  return (
    <>
      <Menu position="bottom-end" width={320} shadow="md" withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <button type="button" className={css['tool']}>
            <Icon size={14} aria-hidden="true" />
            <span className={css['who']}>
              {me === null ? 'Choose who you are' : `${me.person} · ${listOf(me.roles)}`}
            </span>
            {unlocked !== null && (
              <span className={css['left']}>
                unlocked, <TimeLeft key={unlocked.until} until={unlocked.until} /> left
              </span>
            )}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {unlocked !== null && (
            <>
              <Menu.Label>Unlocked to say who reviews; approvals still ask for the passphrase.</Menu.Label>
              <Menu.Item
                leftSection={<IconLock size={14} aria-hidden="true" />}
                onClick={() => lock.mutate()}
              >
                Lock now
              </Menu.Item>
              <Menu.Divider />
            </>
          )}
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
          {here.length > 0 && (
            <>
              <Menu.Divider />
              <Menu.Item
                leftSection={<IconLockOpen size={14} aria-hidden="true" />}
                onClick={() => setAsking(true)}
              >
                Unlock a key for a while…
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <Modal opened={asking} onClose={() => setAsking(false)} title="Unlock a key for a while" size="lg">
        <UnlockForm label="Unlock a key" action="Unlock" onDone={() => setAsking(false)} />
      </Modal>
    </>
  );
}
