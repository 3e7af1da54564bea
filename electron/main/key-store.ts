import { safeStorage } from 'electron';
import { refused } from '../../shared/domain/error.ts';
import { missingKeyStore, type KeyStore } from '../services/signoff/key-store.ts';

const LINUX_STORES: Readonly<Record<string, string>> = {
  gnome_libsecret: 'the GNOME keyring',
  kwallet: 'KWallet',
  kwallet5: 'KWallet',
  kwallet6: 'KWallet',
};

/**
 * The key store of this system behind Electron's safeStorage. Where Electron falls back to a password that everybody
 * knows (`basic_text` on a Linux without a keyring) there is none: that would only look like protection.
 */
export const systemKeyStore: KeyStore = {
  describe: () => store().describe(),
  seal: (text) => store().seal(text),
  unseal: (sealed) => store().unseal(sealed),
};

function store(): KeyStore {
  const name = nameOfStore();
  if (name === null) return missingKeyStore('this system has no key store that Electron can use');
  return {
    describe: () => Promise.resolve({ name, missingBecause: null }),
    seal: (text) => Promise.resolve(safeStorage.encryptString(text).toString('base64')),
    unseal: async (sealed) => {
      try {
        return safeStorage.decryptString(Buffer.from(sealed, 'base64'));
      } catch {
        throw refused(
          `${name} does not open this key: it was sealed by another account or machine; restore the key from a backup`,
        );
      }
    },
  };
}

function nameOfStore(): string | null {
  if (!safeStorage.isEncryptionAvailable()) return null;
  if (process.platform === 'darwin') return 'the Keychain of macOS';
  if (process.platform === 'win32') return 'the data protection of Windows';
  return LINUX_STORES[safeStorage.getSelectedStorageBackend()] ?? null;
}
