import { createPublicKey } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HeldKey } from '../../../shared/contract/roster.ts';
import { notFound, refused } from '../../../shared/domain/error.ts';
import { workspacePaths } from '../../database/workspace/open.ts';
import { publicKeyPem } from '../signoff/ed25519.ts';
import {
  holdsKey,
  isKeySealed,
  keyPath,
  readHeldKey,
  sealHeldKey,
  unsealHeldKey,
} from '../signoff/held-keys.ts';
import type { KeyStore } from '../signoff/key-store.ts';
import { changePassphrase, createKey, unlockKey } from '../signoff/key-file.ts';
import { replaceFile, writeNewFile } from '../signoff/new-file.ts';
import type { RosterChain } from '../signoff/roster-chain.ts';
import { publicKeyTexts } from './public-key-texts.ts';

/** The private keys that lie encrypted in a workspace, and what can be done with them. */
export class HeldKeys {
  readonly #folder: string;
  readonly #chain: () => Pick<RosterChain, 'keys'>;
  readonly #keyStore: KeyStore;

  constructor(folder: string, chain: () => Pick<RosterChain, 'keys'>, keyStore: KeyStore) {
    this.#folder = folder;
    this.#chain = chain;
    this.#keyStore = keyStore;
  }

  /** Every key here; its public half stands beside it, or is known from the roster. */
  async list(): Promise<HeldKey[]> {
    const { keys } = workspacePaths(this.#folder);
    const names = await readdir(keys);
    const ids = names.flatMap((name) => /^([0-9a-f]{64})\.(?:pem|sealed\.json)$/.exec(name)?.[1] ?? []);
    const held = await Promise.all([...new Set(ids)].toSorted().map((keyId) => this.#held(keyId)));
    return held.flatMap((key) => key ?? []);
  }

  async create(passphrase: string): Promise<HeldKey> {
    const { pem, publicKey, keyId } = createKey(passphrase);
    await this.#keep(keyId, pem, publicKey);
    return this.#row(keyId, publicKey);
  }

  async backUp(keyId: string): Promise<{ fileName: string; pem: string }> {
    return { fileName: `${keyId}.pem`, pem: await this.#read(keyId) };
  }

  async restore(pem: string, passphrase: string): Promise<HeldKey> {
    const { keyId, publicKey } = unlockKey(pem, passphrase, 'the backup');
    await this.#keep(keyId, pem, publicKey);
    return this.#row(keyId, publicKey);
  }

  /** Puts a key under another passphrase; the file is exchanged whole, and keeps its name and its public half. */
  async changePassphrase(keyId: string, passphrase: string, next: string): Promise<HeldKey> {
    const name = `the key ${keyId.slice(0, 12)}…`;
    const old = await this.#read(keyId);
    const { publicKey, keyId: opened } = unlockKey(old, passphrase, name);
    if (opened !== keyId)
      throw refused(`${name} is another key than its name says; restore it from a backup`);
    const sealed = isKeySealed(this.#folder, { keyId });
    await replaceFile(keyPath(this.#folder, { keyId }), changePassphrase(old, passphrase, next, name), 0o600);
    if (sealed) await this.seal(keyId);
    return this.#row(keyId, publicKey);
  }

  /** Has the system's key store seal a private half; refused where there is none. */
  async seal(keyId: string): Promise<HeldKey> {
    await sealHeldKey(this.#folder, this.#here(keyId), this.#keyStore);
    return this.#known(keyId);
  }

  /** Puts a sealed private half back under its passphrase alone. */
  async unseal(keyId: string): Promise<HeldKey> {
    await unsealHeldKey(this.#folder, this.#here(keyId), this.#keyStore);
    return this.#known(keyId);
  }

  async #known(keyId: string): Promise<HeldKey> {
    const row = await this.#held(keyId);
    if (row === null)
      throw notFound(`the public half of the key ${keyId} is not here; restore it from a backup`);
    return row;
  }

  #here(keyId: string): { readonly keyId: string } {
    if (!/^[0-9a-f]{64}$/.test(keyId)) throw notFound(`${keyId} is no keyid; choose a key of this workspace`);
    if (holdsKey(this.#folder, { keyId })) return { keyId };
    throw notFound(`this workspace does not hold the key ${keyId}; restore it from a backup`);
  }

  async #keep(keyId: string, pem: string, publicKey: string): Promise<void> {
    const path = keyPath(this.#folder, { keyId });
    if (isKeySealed(this.#folder, { keyId })) throw refused(`the key ${keyId} is here already, sealed`);
    await writeNewFile(path, pem);
    await replaceFile(path.replace(/\.pem$/, '.pub.pem'), publicKey);
  }

  #read(keyId: string): Promise<string> {
    return readHeldKey(this.#folder, this.#here(keyId), this.#keyStore);
  }

  async #held(keyId: string): Promise<HeldKey | null> {
    const known = this.#chain().keys.find((key) => key.keyId === keyId);
    if (known !== undefined) return this.#row(keyId, known.publicKey);
    const { keys } = workspacePaths(this.#folder);
    const text = await readFile(join(keys, `${keyId}.pub.pem`), 'utf8').catch(() => null);
    return text === null ? null : this.#row(keyId, publicKeyPem(createPublicKey(text)));
  }

  #row(keyId: string, publicKey: string): HeldKey {
    const person = this.#chain().keys.find((key) => key.keyId === keyId)?.person.name ?? null;
    const sealed = isKeySealed(this.#folder, { keyId });
    return { keyId, person, sealed, ...publicKeyTexts(publicKey, person ?? keyId.slice(0, 12)) };
  }
}
