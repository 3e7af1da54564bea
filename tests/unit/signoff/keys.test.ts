import { execFileSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sha256Hex } from '../../../electron/services/signoff/digest.ts';
import { keyIdOf, publicKeyFromRaw, verifyEd25519 } from '../../../electron/services/signoff/ed25519.ts';
import { signPayload } from '../../../electron/services/signoff/envelope.ts';
import { createKey, unlockKey } from '../../../electron/services/signoff/key-file.ts';
import { replaceFile, writeNewFile } from '../../../electron/services/signoff/new-file.ts';
import { IN_TOTO_PAYLOAD, preAuthenticationEncoding } from '../../../shared/domain/statements/dsse.ts';

const PASSPHRASE = 'correct horse battery';
const folder = mkdtempSync(join(tmpdir(), 'stateside-keys-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string): string => join(folder, name);
const openssl = (...args: string[]): string =>
  execFileSync('openssl', args, { encoding: 'utf8', stdio: 'pipe' });
const bytes = (hex: string) => Buffer.from(hex, 'hex');
const made = createKey(PASSPHRASE);
writeFileSync(path('made.pem'), made.pem);

describe('a key file', () => {
  it('opens with its passphrase and no other', () => {
    expect(unlockKey(made.pem, PASSPHRASE).keyId).toBe(made.keyId);
    expect(() => unlockKey(made.pem, 'wrong horse battery', 'ada.pem')).toThrow(
      'the passphrase does not open ada.pem; type it again',
    );
    expect(() => unlockKey(made.pem, '', 'ada.pem')).toThrow('does not open');
  });

  it('is PKCS#8 under scrypt and AES-256, as OpenSSL sees it', () => {
    const parsed = openssl('asn1parse', '-in', path('made.pem'));
    expect(parsed).toMatch(/:PBES2[\s\S]*:scrypt[\s\S]*:aes-256-cbc/);
  });

  it('is opened by OpenSSL, which finds the same public key', () => {
    expect(openssl('pkey', '-in', path('made.pem'), '-passin', `pass:${PASSPHRASE}`, '-pubout')).toBe(
      made.publicKey,
    );
  });

  it('signs a payload so that OpenSSL verifies it over the DSSE encoding', () => {
    const payload = '{"é":1}';
    const { sig } = signPayload(IN_TOTO_PAYLOAD, payload, unlockKey(made.pem, PASSPHRASE));
    writeFileSync(path('pub.pem'), made.publicKey);
    writeFileSync(path('sig'), Buffer.from(sig, 'base64'));
    const verify = () =>
      openssl(
        'pkeyutl',
        '-verify',
        '-pubin',
        '-inkey',
        path('pub.pem'),
        '-rawin',
        '-in',
        path('pae'),
        '-sigfile',
        path('sig'),
      );
    writeFileSync(path('pae'), preAuthenticationEncoding(IN_TOTO_PAYLOAD, Buffer.from(payload)));
    expect(verify()).toContain('Signature Verified Successfully');
    writeFileSync(path('pae'), payload);
    expect(verify).toThrow();
  });

  it('may come from OpenSSL', () => {
    openssl('genpkey', '-algorithm', 'ed25519', '-out', path('plain.pem'));
    openssl(
      'pkcs8',
      '-topk8',
      '-v2',
      'aes-256-cbc',
      '-scrypt',
      '-in',
      path('plain.pem'),
      '-out',
      path('theirs.pem'),
      '-passout',
      `pass:${PASSPHRASE}`,
    );
    const key = unlockKey(readFileSync(path('theirs.pem'), 'utf8'), PASSPHRASE);
    expect(key.publicKey).toBe(openssl('pkey', '-in', path('plain.pem'), '-pubout'));
    const message = Buffer.from('message');
    expect(verifyEd25519(createPublicKey(key.publicKey), message, key.sign(message))).toBe(true);
    expect(() => unlockKey(readFileSync(path('plain.pem'), 'utf8'), PASSPHRASE)).toThrow(
      'not a private key under a passphrase',
    );
  });

  it('may stand under PBKDF2, as OpenSSL writes by default', () => {
    openssl(
      'pkcs8',
      '-topk8',
      '-v2',
      'aes-256-cbc',
      '-in',
      path('plain.pem'),
      '-out',
      path('pbkdf2.pem'),
      '-passout',
      `pass:${PASSPHRASE}`,
    );
    const pem = readFileSync(path('pbkdf2.pem'), 'utf8');
    expect(unlockKey(pem, PASSPHRASE).publicKey).toBe(openssl('pkey', '-in', path('plain.pem'), '-pubout'));
    expect(() => unlockKey(pem, 'not the passphrase')).toThrow('does not open');
  });

  it('that is cut off, garbled or asks for more memory than OpenSSL allows does not open', () => {
    const lines = made.pem.split('\n');
    const der = Buffer.from(lines.slice(1, -2).join(''), 'base64').toString('hex');
    const pem = (hex: string) => `${lines[0]}\n${bytes(hex).toString('base64')}\n${lines.at(-2)}\n`;
    expect(unlockKey(pem(der), PASSPHRASE).keyId).toBe(made.keyId);
    for (const broken of [
      pem(der.slice(0, 200)),
      pem(''),
      pem(der.replace('02024000', '02027f00')),
      pem(der.replace('02024000', '02020003')),
    ]) {
      expect(() => unlockKey(broken, PASSPHRASE)).toThrow('does not open');
    }
  });

  it('of another kind is refused', () => {
    openssl(
      'genpkey',
      '-algorithm',
      'ed448',
      '-out',
      path('ed448.pem'),
      '-aes-256-cbc',
      '-pass',
      `pass:${PASSPHRASE}`,
    );
    expect(() => unlockKey(readFileSync(path('ed448.pem'), 'utf8'), PASSPHRASE)).toThrow('type ed448');
  });

  it('has a keyid that is the SHA-256 of the public key’s DER', () => {
    writeFileSync(path('pub.pem'), made.publicKey);
    openssl('pkey', '-pubin', '-in', path('pub.pem'), '-outform', 'DER', '-out', path('pub.der'));
    expect(openssl('dgst', '-sha256', '-r', path('pub.der')).slice(0, 64)).toBe(keyIdOf(made.publicKey));
  });

  it('takes no passphrase shorter than twelve characters', () => {
    expect(() => createKey('elevenchars')).toThrow('shorter than 12 characters');
    expect(() => createKey('🔑🔑🔑🔑🔑🔑')).toThrow('shorter than 12 characters');
  });

  it('is written for its owner only, whole, and never over another', async () => {
    await writeNewFile(path('new.pem'), made.pem);
    expect(statSync(path('new.pem')).mode & 0o777).toBe(0o600);
    await expect(writeNewFile(path('new.pem'), 'other')).rejects.toThrow(
      'new.pem exists already and is not overwritten',
    );
    await expect(writeNewFile(path('no/where.pem'), 'x')).rejects.toThrow('folder of');
    expect(readFileSync(path('new.pem'), 'utf8')).toBe(made.pem);
    await replaceFile(path('new.pem'), 'newer');
    expect(readFileSync(path('new.pem'), 'utf8')).toBe('newer');
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});

describe('Ed25519 verification', () => {
  const beside = join(import.meta.dirname, '../../fixtures/vectors');
  const wycheproof = readFileSync(join(beside, 'wycheproof-ed25519.json'), 'utf8');
  const vectors = z
    .object({
      numberOfTests: z.int(),
      testGroups: z.array(
        z.object({
          publicKeyDer: z.string(),
          tests: z.array(
            z.object({
              tcId: z.int(),
              comment: z.string(),
              msg: z.string(),
              sig: z.string(),
              result: z.enum(['valid', 'invalid']),
            }),
          ),
        }),
      ),
    })
    .parse(JSON.parse(wycheproof));

  it('is held against the vectors whose source and digest stand beside them', () => {
    expect(readFileSync(join(beside, 'README.md'), 'utf8')).toContain(sha256Hex(wycheproof));
  });

  it('agrees with every Wycheproof case', () => {
    let run = 0;
    const wrong = vectors.testGroups.flatMap(({ publicKeyDer, tests }) => {
      const key = createPublicKey({ key: bytes(publicKeyDer), format: 'der', type: 'spki' });
      return tests.filter(({ msg, sig, result }) => {
        run += 1;
        return verifyEd25519(key, bytes(msg), bytes(sig)) !== (result === 'valid');
      });
    });
    expect(wrong).toEqual([]);
    expect(run).toBe(vectors.numberOfTests);
    expect(run).toBeGreaterThan(100);
  });

  /** The eight points of small order and their non-canonical spellings: keys that would fit many messages. */
  const SMALL = [
    '0100000000000000000000000000000000000000000000000000000000000000',
    '0100000000000000000000000000000000000000000000000000000000000080',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
    '0000000000000000000000000000000000000000000000000000000000000000',
    '0000000000000000000000000000000000000000000000000000000000000080',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
    'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  ];

  it.each(SMALL)('refuses the key %s and what it “signed”', (point) => {
    const key = publicKeyFromRaw(bytes(point));
    for (const r of SMALL) {
      for (let message = 0; message < 16; message += 1) {
        expect(verifyEd25519(key, Buffer.from([message]), Buffer.concat([bytes(r), Buffer.alloc(32)]))).toBe(
          false,
        );
      }
    }
  });

  it('refuses a signature of another length', () => {
    const key = unlockKey(made.pem, PASSPHRASE);
    const message = Buffer.from('m');
    const signature = key.sign(message);
    const publicKey = createPublicKey(key.publicKey);
    expect(verifyEd25519(publicKey, message, signature)).toBe(true);
    expect(verifyEd25519(publicKey, message, signature.subarray(0, 63))).toBe(false);
    expect(verifyEd25519(publicKey, message, Buffer.concat([signature, Buffer.alloc(1)]))).toBe(false);
  });
});
