import { refused } from '../../../shared/domain/error.ts';

/** The key store of the operating system, as far as there is one. What it seals, only this account on this machine opens. */
export interface KeyStore {
  /** Its name, or why there is none that protects anything. */
  describe(): Promise<KeyStoreState>;
  /** Seals a text; base64. Throws refused where there is no store. */
  seal(text: string): Promise<string>;
  /** Opens what was sealed here; throws refused for what it cannot open. */
  unseal(sealed: string): Promise<string>;
}

export type KeyStoreState =
  | { readonly name: string; readonly missingBecause: null }
  | { readonly name: null; readonly missingBecause: string };

/** Where no window is, as on the command line. */
export const NO_KEY_STORE: KeyStore = missingKeyStore(
  'the command line has no access to the key store of the operating system',
);

/** A key store that is not there; every use is refused with the reason. */
export function missingKeyStore(because: string): KeyStore {
  const refuse = (): Promise<never> =>
    Promise.reject(refused(`${because}, so no key is sealed or opened with it; use the passphrase alone`));
  return {
    describe: () => Promise.resolve({ name: null, missingBecause: because }),
    seal: refuse,
    unseal: refuse,
  };
}
