import { Button, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { RosterDetail, RosterKeyRow } from '../../../shared/contract/roster.ts';
import { Digest } from '../../components/Digest.tsx';
import { Mark } from '../../components/Mark.tsx';
import { listOf } from '../../components/number.ts';
import { Table } from '../../components/Table.tsx';
import { TimeText } from '../../components/TimeText.tsx';
import type { Asked } from './ChangeDialog.tsx';
import { CopyPublicKey } from './CopyPublicKey.tsx';
import css from './Roster.module.css';

export function People({ roster, onAsk }: { roster: RosterDetail; onAsk: (asked: Asked) => void }) {
  return (
    <Table
      label="People of the roster"
      rows={roster.people}
      rowKey={({ id }) => id}
      columns={[
        {
          name: 'Person',
          render: ({ id, name }) => (
            <>
              <strong>{name}</strong>
              <br />
              <span className="quiet">{id}</span>
            </>
          ),
        },
        { name: 'Organisation', render: ({ organisation }) => (organisation === 'us' ? 'US' : 'Global') },
        { name: 'Roles', render: ({ roles }) => listOf(roles) },
        {
          name: 'Keys',
          render: ({ keys }) =>
            keys.length === 0 ? (
              <span className="quiet">none</span>
            ) : (
              <div className={css['keys']}>
                {keys.map((key) => (
                  <KeyLine key={key.keyId} of={key} />
                ))}
              </div>
            ),
        },
        {
          name: 'Change',
          render: (person) => (
            <Menu position="bottom-end" shadow="md">
              <Menu.Target>
                <Button variant="default" px={8} aria-label={`Change ${person.name}`}>
                  <IconDots size={16} aria-hidden="true" />
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => onAsk({ kind: 'person', id: person.id })}>Replace…</Menu.Item>
                <Menu.Item onClick={() => onAsk({ kind: 'remove', id: person.id })}>Leave off…</Menu.Item>
                {person.keys
                  .filter(({ revoked }) => revoked === null)
                  .map(({ keyId }) => (
                    <Menu.Item key={keyId} onClick={() => onAsk({ kind: 'revoke', keyId })}>
                      Revoke key {keyId.slice(0, 8)}…
                    </Menu.Item>
                  ))}
              </Menu.Dropdown>
            </Menu>
          ),
        },
      ]}
    />
  );
}

function KeyLine({ of }: { of: RosterKeyRow }) {
  return (
    <div className={css['key']}>
      <Digest of={of.keyId} />
      {of.unusableBecause === null ? (
        <span className="quiet">
          valid until <TimeText at={of.validUntil} dateOnly />
        </span>
      ) : (
        <Mark tone={of.revoked === null ? 'unknown' : 'fail'} shape={of.revoked === null ? 'ring' : 'cross'}>
          {of.revoked === null ? of.unusableBecause : `Revoked: ${of.revoked.reason}`}
        </Mark>
      )}
      {of.here && <span className="quiet">private half is here</span>}
      <CopyPublicKey of={of} name={of.keyId.slice(0, 8)} />
    </div>
  );
}
