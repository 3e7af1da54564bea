import { Button } from '@mantine/core';
import type { HeldKey } from '../../../shared/contract/roster.ts';
import { Mark } from '../../components/Mark.tsx';
import { useKeyStore, useSealKey, useUnsealKey } from './queries.ts';
import css from './Roster.module.css';

/** Whether the system's key store seals a private half, and the way to have it do so. */
export function KeyStoreCell({ of }: { of: HeldKey }) {
  const store = useKeyStore();
  const seal = useSealKey();
  const unseal = useUnsealKey();
  const failed = seal.error ?? unseal.error;
  const missing = store.data?.missingBecause ?? null;
  return (
    <div className={css['key']}>
      {of.sealed ? (
        <>
          <Mark tone="pass" shape="tick">
            Sealed
          </Mark>
          <Button variant="default" loading={unseal.isPending} onClick={() => unseal.mutate(of)}>
            Take out of the key store
          </Button>
        </>
      ) : missing !== null ? (
        <span className="quiet">Passphrase alone</span>
      ) : (
        <Button
          variant="default"
          loading={seal.isPending}
          disabled={store.data === undefined}
          onClick={() => seal.mutate(of)}
        >
          Seal with the key store
        </Button>
      )}
      {failed !== null && <span role="alert">{failed.message}</span>}
    </div>
  );
}

/** What stands between a copied file and a forged signature, as it is on this machine. */
export function KeyStoreNote() {
  const { data: store } = useKeyStore();
  return (
    <p className="quiet" style={{ marginTop: 12, maxWidth: 800 }}>
      A private key rests as PKCS#8 under its passphrase (scrypt, AES-256), readable by this account alone.{' '}
      {store === undefined
        ? null
        : store.name === null
          ? `Beware: ${store.missingBecause}, so the passphrase is all that stands between a copied file and a forged signature.`
          : `Sealed with ${store.name}, a copied file opens on no other machine or account even with its passphrase; keep a backup elsewhere before you seal one.`}
    </p>
  );
}
