import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFromJSON } from '@sigstore/bundle';
import { toSignedEntity, Verifier } from '@sigstore/verify';
import { afterAll, describe, expect, it } from 'vitest';
import { openBundle } from '../../../electron/services/releases/bundle.ts';
import { importBundle } from '../../../electron/services/releases/import-bundle.ts';
import { signModel } from '../../../electron/services/releases/model-signature.ts';
import {
  modelSignatureOf,
  trustedModelKeys,
} from '../../../electron/services/releases/model-signature-status.ts';
import { sweepImports } from '../../../electron/services/releases/sweep.ts';
import { bundleFolder } from './sample-bundle.ts';

const folder = mkdtempSync(join(tmpdir(), 'stateside-signed-'));
afterAll(() => rmSync(folder, { recursive: true }));

const signer = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const keys = join(folder, 'model-keys');
mkdirSync(keys);
writeFileSync(join(keys, 'training.pem'), signer.publicKey.export({ type: 'spki', format: 'pem' }));

async function signedBundle(privateKey: KeyObject): Promise<string> {
  const path = bundleFolder();
  const { files } = await openBundle(path);
  writeFileSync(join(path, 'model.sig'), signModel('for-you', files, privateKey));
  return path;
}
const statusOf = async (path: string) => modelSignatureOf(await openBundle(path), trustedModelKeys(keys));

/** Whether Sigstore's own library takes the signature for that of a key. */
function sigstoreTakes(text: string, publicKey: KeyObject): boolean {
  const verifier = new Verifier(
    {
      certificateAuthorities: [],
      timestampAuthorities: [],
      tlogs: [],
      ctlogs: [],
      publicKey: () => ({ publicKey, validFor: () => true }),
    },
    { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 0 },
  );
  try {
    verifier.verify(toSignedEntity(bundleFromJSON(JSON.parse(text))));
    return true;
  } catch {
    return false;
  }
}

describe('the signature of a bundle that is imported', () => {
  it('is of a trusted key, of an unknown one, or missing', async () => {
    expect(await statusOf(await signedBundle(signer.privateKey))).toEqual({
      status: 'signed by a trusted key',
      key: 'training',
    });
    expect(await statusOf(await signedBundle(stranger.privateKey))).toEqual({
      status: 'signed by an unknown key',
      key: null,
    });
    expect(await statusOf(bundleFolder())).toEqual({ status: 'not signed', key: null });
    expect(trustedModelKeys(join(folder, 'none'))).toEqual([]);
  });

  it('keeps a bundle out when it does not fit the files, whoever signed', async () => {
    const releases = join(folder, 'releases');
    const path = await signedBundle(signer.privateKey);
    writeFileSync(join(path, 'model-card.md'), 'another card');
    const check = async (staged: Parameters<typeof modelSignatureOf>[0]) => {
      await modelSignatureOf(staged, trustedModelKeys(keys));
    };
    await expect(importBundle(path, releases, check)).rejects.toThrow(
      'model.sig covers another model-card.md than is here',
    );
    expect(readdirSync(releases)).toEqual([]);
    writeFileSync(join(path, 'model.sig'), '{}');
    await expect(importBundle(path, releases, check)).rejects.toThrow('no key-based model signature');
  });

  it('verifies with Sigstore’s own library, for the same key and no other', async () => {
    const path = await signedBundle(signer.privateKey);
    const text = readFileSync(join(path, 'model.sig'), 'utf8');
    expect(sigstoreTakes(text, signer.publicKey)).toBe(true);
    expect(sigstoreTakes(text, stranger.publicKey)).toBe(false);
    const bundle = JSON.parse(text);
    const payload = Buffer.from(bundle.dsseEnvelope.payload, 'base64')
      .toString()
      .replace('for-you', 'for-me');
    bundle.dsseEnvelope.payload = Buffer.from(payload).toString('base64');
    expect(sigstoreTakes(JSON.stringify(bundle), signer.publicKey)).toBe(false);
  });
});

describe('what a killed import left', () => {
  it('is gone when the workspace is opened again, and what another process builds stays', () => {
    const releases = mkdtempSync(join(folder, 'sweep-'));
    const dead = Number(execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }));
    const names = [`.incoming-${dead}-abc`, '.incoming-old', `.incoming-${process.pid}-def`, 'f'.repeat(64)];
    for (const name of names) {
      mkdirSync(join(releases, name));
      writeFileSync(join(releases, name, 'model.onnx'), 'x');
    }
    expect(sweepImports(releases)).toBe(2);
    expect(names.map((name) => existsSync(join(releases, name)))).toEqual([false, false, true, true]);
  });
});
