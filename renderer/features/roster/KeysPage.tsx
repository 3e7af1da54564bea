import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import type { HeldKey } from '../../../shared/contract/roster.ts';
import { bridge, value } from '../../app/bridge.ts';
import { useSubject } from '../../app/place.ts';
import { ButtonLink } from '../../components/ButtonLink.tsx';
import { Digest } from '../../components/Digest.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { Page } from '../../components/Page.tsx';
import { SaveText } from '../../components/SaveText.tsx';
import { Section } from '../../components/Section.tsx';
import { Table } from '../../components/Table.tsx';
import { ChangePassphrase } from './ChangePassphrase.tsx';
import { CopyPublicKey } from './CopyPublicKey.tsx';
import { KeyStoreCell, KeyStoreNote } from './KeyStoreCell.tsx';
import { MakeKey } from './MakeKey.tsx';
import { useHeldKeys } from './queries.ts';
import { RestoreKey } from './RestoreKey.tsx';
import css from './Roster.module.css';

const backup = async (keyId: string) => {
  const { fileName, pem } = await value(bridge.roster.backUpKey({ keyId }));
  return { fileName, text: pem };
};

/** The private keys that lie in this workspace: made, kept, backed up and restored. */
export function KeysPage() {
  useSubject('Keys');
  const keys = useHeldKeys();
  const [changing, setChanging] = useState<HeldKey | null>(null);
  return (
    <Page
      title="Keys"
      lead="Who signs here does it with one of these, and the passphrase at that moment"
      actions={<ButtonLink to="/signoff/roster">Roster…</ButtonLink>}
    >
      <Section title="Keys in this workspace">
        <Loaded query={keys}>
          {(keys) =>
            keys.length === 0 ? (
              <p className="quiet">None yet. Make one below, or restore a backup.</p>
            ) : (
              <Table
                label="Keys in this workspace"
                rows={keys}
                rowKey={({ keyId }) => keyId}
                middle
                columns={[
                  {
                    name: 'Person',
                    render: ({ person }) =>
                      person === null ? (
                        <span className="quiet">nobody on the roster yet</span>
                      ) : (
                        <strong>{person}</strong>
                      ),
                  },
                  { name: 'Key', render: ({ keyId }) => <Digest of={keyId} /> },
                  {
                    name: 'Public half',
                    render: (key) => <CopyPublicKey of={key} name={key.keyId.slice(0, 8)} />,
                  },
                  {
                    name: 'Private half',
                    render: (key) => (
                      <div className={css['key']}>
                        <SaveText label="Back up…" make={() => backup(key.keyId)} />
                        <Button variant="default" onClick={() => setChanging(key)}>
                          Change passphrase…
                        </Button>
                      </div>
                    ),
                  },
                  { name: 'Key store', render: (key) => <KeyStoreCell of={key} /> },
                ]}
              />
            )
          }
        </Loaded>
        <KeyStoreNote />
      </Section>
      <Section title="Make a key" note="Ed25519; its public half then goes onto the roster">
        <MakeKey />
      </Section>
      <Section title="Restore a key" note="From a backup, under the passphrase it had">
        <RestoreKey />
      </Section>
      <Modal
        opened={changing !== null}
        onClose={() => setChanging(null)}
        title={changing === null ? '' : `Passphrase of ${changing.person ?? changing.keyId.slice(0, 8)}`}
      >
        {changing !== null && <ChangePassphrase of={changing} onDone={() => setChanging(null)} />}
      </Modal>
    </Page>
  );
}
