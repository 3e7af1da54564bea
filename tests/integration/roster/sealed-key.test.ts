import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { workspacePaths } from '../../../electron/database/workspace/open.ts';
import { rosterService } from '../../../electron/services/roster/service.ts';
import { missingKeyStore, type KeyStore } from '../../../electron/services/signoff/key-store.ts';
import { refused } from '../../../shared/domain/error.ts';
import { NOW, openWorld, PASSPHRASE, type World } from '../signoff/world.ts';

/** A key store of one machine: what it sealed, another one does not open. */
function keyStore(): KeyStore {
  const secret = randomBytes(32);
  return {
    describe: () => Promise.resolve({ name: 'a store for tests', missingBecause: null }),
    seal: (text) => {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', secret, iv);
      const sealed = Buffer.concat([cipher.update(text), cipher.final()]);
      return Promise.resolve(Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64'));
    },
    unseal: async (sealed) => {
      const bytes = Buffer.from(sealed, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      try {
        return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8');
      } catch {
        throw refused('the store for tests does not open this key');
      }
    },
  };
}

let world: World;
let keyId: string;
let plain: string;
let sealed: string;
beforeEach(async () => {
  world = await openWorld();
  keyId = world.keyOf('ines.calloway');
  const { keys } = workspacePaths(world.workspace.folder);
  plain = join(keys, `${keyId}.pem`);
  sealed = join(keys, `${keyId}.sealed.json`);
});
afterEach(() => world.close());

const rosterWith = (store: KeyStore) => rosterService(world.workspace, world.log, () => NOW, store);
const CHANGES = [{ kind: 'thresholds' as const, approver: 3, root: 2 }];

describe('a key that the system’s key store seals', () => {
  it('signs as before, is listed, backed up and taken out again', async () => {
    const roster = rosterWith(keyStore());
    const pem = readFileSync(plain, 'utf8');
    expect(await roster.sealKey({ keyId })).toMatchObject({ sealed: true, person: 'Ines Calloway' });
    expect(existsSync(plain)).toBe(false);
    expect(statSync(sealed).mode & 0o777).toBe(0o600);
    expect(readFileSync(sealed, 'utf8')).not.toContain('PRIVATE KEY');
    const { text } = await roster.draft({ changes: CHANGES });
    const signed = await roster.signDraft({ text, keyId, passphrase: PASSPHRASE });
    expect(signed.signers).toEqual(['Ines Calloway']);
    const { people } = await roster.get();
    expect(people.find(({ id }) => id === 'ines.calloway')?.keys[0]?.here).toBe(true);
    expect((await roster.backUpKey({ keyId })).pem).toBe(pem);
    expect(await roster.sealKey({ keyId })).toMatchObject({ sealed: true });
    expect(await roster.unsealKey({ keyId })).toMatchObject({ sealed: false });
    expect([readFileSync(plain, 'utf8'), existsSync(sealed)]).toEqual([pem, false]);
  });

  it('still needs its passphrase, and stays sealed when that changes', async () => {
    const roster = rosterWith(keyStore());
    await roster.sealKey({ keyId });
    const { text } = await roster.draft({ changes: CHANGES });
    const sign = (passphrase: string) => roster.signDraft({ text, keyId, passphrase });
    await expect(sign('wrong')).rejects.toThrow('does not open');
    await roster.changePassphrase({ keyId, passphrase: PASSPHRASE, newPassphrase: 'cable orchid venom' });
    expect(existsSync(plain)).toBe(false);
    expect((await sign('cable orchid venom')).signers).toEqual(['Ines Calloway']);
  });

  it('is worth nothing on another machine, even with its passphrase', async () => {
    await rosterWith(keyStore()).sealKey({ keyId });
    const elsewhere = rosterWith(keyStore());
    const { text } = await elsewhere.draft({ changes: CHANGES });
    await expect(elsewhere.signDraft({ text, keyId, passphrase: PASSPHRASE })).rejects.toThrow(
      'does not open this key',
    );
    const commandLine = rosterWith(missingKeyStore('there is no window'));
    await expect(commandLine.backUpKey({ keyId })).rejects.toThrow('there is no window');
  });

  it('is not made where there is no key store, or one that does not give back what it took', async () => {
    const pem = readFileSync(plain, 'utf8');
    await expect(rosterWith(missingKeyStore('this system has none')).sealKey({ keyId })).rejects.toThrow(
      'this system has none, so the key is protected by its passphrase alone',
    );
    const forgetful: KeyStore = { ...keyStore(), unseal: () => Promise.resolve('something else') };
    await expect(rosterWith(forgetful).sealKey({ keyId })).rejects.toThrow('does not give back');
    expect([readFileSync(plain, 'utf8'), existsSync(sealed)]).toEqual([pem, false]);
  });

  it('is refused when its file is altered, or of a key that is not here', async () => {
    const roster = rosterWith(keyStore());
    await roster.sealKey({ keyId });
    writeFileSync(sealed, readFileSync(sealed, 'utf8').replace('"version": 1', '"version": 2'));
    await expect(roster.backUpKey({ keyId })).rejects.toThrow('is no sealed key');
    rmSync(sealed);
    await expect(roster.sealKey({ keyId })).rejects.toThrow('does not hold the key');
    await expect(roster.unsealKey({ keyId: '../log-key' })).rejects.toThrow('no keyid');
  });
});
