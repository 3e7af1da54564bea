import { execFileSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { runCli } from '../../../electron/cli/program.ts';
import { signModel, verifyModel } from '../../../electron/services/releases/model-signature.ts';
import { preAuthenticationEncoding } from '../../../shared/domain/statements/dsse.ts';
import { bundleFolder } from './sample-bundle.ts';

const folder = mkdtempSync(join(tmpdir(), 'stateside-model-'));
afterAll(() => rmSync(folder, { recursive: true }));

const vectors = join(import.meta.dirname, '../../fixtures/vectors/model-signing');
const reference = readFileSync(join(vectors, 'v1.1.0-elliptic-key.sig'), 'utf8');
const referenceKey = readFileSync(join(vectors, 'signing-key-pub.pem'), 'utf8');
const referenceFiles = [
  { path: 'signme-1', sha256: 'bc9a717db6064a32cbe9eae6fc40651dd6d36ef1757183f590eff2b1765d7ebc' },
  { path: 'signme-2', sha256: '32dcb1f8e1ae52d5963e56a6ba06ab58b424c15ed2a6b70d2feca1d089370028' },
];

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const files = [
  { path: 'weights/a.safetensors', sha256: 'a'.repeat(64) },
  { path: 'model.onnx', sha256: 'b'.repeat(64) },
  { path: '\u{1f600}', sha256: 'c'.repeat(64) },
  { path: '\uff5e', sha256: 'd'.repeat(64) },
];
const signature = signModel('for-you', files, privateKey);
const opened = JSON.parse(signature);
const payload = Buffer.from(opened.dsseEnvelope.payload, 'base64');
const check =
  (text: string | null, about = files, key = pem) =>
  () =>
    verifyModel('bundle', text, about, key);

describe('a model signature', () => {
  it('made by the reference implementation verifies', () => {
    const { subject } = verifyModel('bundle', reference, referenceFiles, referenceKey);
    expect(subject[0]?.digest.sha256).toBe(
      '92745110b1ab4368471cbe31664e10174e954b113a3df333db860317b2c6dec4',
    );
  });

  it('of the reference implementation fails for another file, one more, one less, and another key', () => {
    const [one, two] = referenceFiles;
    if (one === undefined || two === undefined) throw new Error('no files');
    expect(check(reference, [one, { ...two, sha256: one.sha256 }], referenceKey)).toThrow(
      'covers another signme-2',
    );
    expect(check(reference, [one], referenceKey)).toThrow('covers signme-2, which is not here');
    expect(check(reference, [one, two, { path: 'x', sha256: one.sha256 }], referenceKey)).toThrow(
      'does not cover x',
    );
    expect(check(reference, referenceFiles, pem)).toThrow('is not signed by the given key');
  });

  it('of ours verifies here, lists its files by code point, and verifies with openssl', () => {
    expect(check(signature)).not.toThrow();
    const { resources } = JSON.parse(payload.toString()).predicate;
    expect(resources.map(({ name }: { name: string }) => name)).toEqual([
      'model.onnx',
      'weights/a.safetensors',
      '\uff5e',
      '\u{1f600}',
    ]);
    const at = (name: string) => join(folder, name);
    writeFileSync(at('pub.pem'), pem);
    writeFileSync(at('pae'), preAuthenticationEncoding('application/vnd.in-toto+json', payload));
    writeFileSync(at('sig'), Buffer.from(opened.dsseEnvelope.signatures[0].sig, 'base64'));
    const args = ['dgst', '-sha256', '-verify', at('pub.pem'), '-signature', at('sig'), at('pae')];
    expect(execFileSync('openssl', args, { encoding: 'utf8' })).toContain('Verified OK');
  });

  it('does not sign itself, so that it can lie beside the files', () => {
    expect(check(signature, [...files, { path: 'model.sig', sha256: 'e'.repeat(64) }])).not.toThrow();
  });

  it('with one changed byte in what is signed verifies no more', () => {
    for (let place = 0; place < payload.length; place += 7) {
      const changed = Buffer.from(payload);
      changed[place] = (changed[place] ?? 0) ^ 1;
      const dsseEnvelope = { ...opened.dsseEnvelope, payload: changed.toString('base64') };
      expect(check(JSON.stringify({ ...opened, dsseEnvelope }))).toThrow('is not signed by the given key');
    }
  });

  it('is none without a file, in another format, of another type, twice signed, or for a key of another kind', () => {
    expect(check(null)).toThrow('has no model.sig');
    expect(check('{}')).toThrow('is no key-based model signature');
    expect(check(signature.replace('v0.3', 'v0.9'))).toThrow('is no key-based model signature');
    const [sig] = opened.dsseEnvelope.signatures;
    const twice = { ...opened, dsseEnvelope: { ...opened.dsseEnvelope, signatures: [sig, sig] } };
    expect(check(JSON.stringify(twice))).toThrow('is no key-based model signature');
    const otherType = { ...opened, dsseEnvelope: { ...opened.dsseEnvelope, payloadType: 'text/plain' } };
    expect(check(JSON.stringify(otherType))).toThrow('is not signed by the given key');
    const ed25519 = createPublicKey(generateKeyPairSync('ed25519').privateKey);
    expect(check(signature, files, ed25519.export({ type: 'spki', format: 'pem' }).toString())).toThrow(
      'no ECDSA key',
    );
    expect(check(signature, files, 'nonsense')).toThrow('no public key in PEM');
  });
});

describe('stateside release sign and check --model-key', () => {
  it('sign a bundle, verify it, and fail for a stranger’s key', async () => {
    vi.stubEnv('STATESIDE_PASSPHRASE', 'a long passphrase');
    const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      const [key, pub] = [join(folder, 'key.pem'), join(folder, 'key.pub.pem')];
      const sealed = {
        type: 'pkcs8',
        format: 'pem',
        cipher: 'aes-256-cbc',
        passphrase: 'a long passphrase',
      } as const;
      writeFileSync(key, privateKey.export(sealed));
      writeFileSync(pub, pem);
      const path = bundleFolder();
      expect(await runCli(['release', 'check', path, '--model-key', pub])).toBe(2);
      expect(await runCli(['release', 'sign', path, '--key', pub])).toBe(2);
      expect(await runCli(['release', 'sign', path, '--key', key])).toBe(0);
      expect(await runCli(['release', 'check', path, '--model-key', pub])).toBe(0);
      expect(stdout.mock.calls.join('')).toContain('✓ model.sig: 6 files');
      writeFileSync(pub, referenceKey);
      expect(await runCli(['release', 'check', path, '--model-key', pub])).toBe(1);
      expect(stderr.mock.calls.join('')).toContain('is not signed by the given key');
      vi.stubEnv('STATESIDE_PASSPHRASE', 'another passphrase');
      expect(await runCli(['release', 'sign', path, '--key', key])).toBe(2);
    } finally {
      vi.restoreAllMocks();
      vi.unstubAllEnvs();
    }
  });
});
