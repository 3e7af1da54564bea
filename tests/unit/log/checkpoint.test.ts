import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  openCheckpointSigner,
  verifyCheckpointNote,
  verifyNote,
} from '../../../electron/services/audit/checkpoint-key.ts';
import { formatCheckpoint, parseCheckpoint } from '../../../shared/domain/log/checkpoint.ts';
import { formatNote, parseNote } from '../../../shared/domain/log/signed-note.ts';

const folder = mkdtempSync(join(tmpdir(), 'stateside-checkpoint-'));
afterAll(() => rmSync(folder, { recursive: true }));
const keyFile = join(folder, 'log-key.pem');
writeFileSync(keyFile, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
const signer = openCheckpointSigner(keyFile);
const root = Buffer.alloc(32, 7).toString('base64');

/** The example of Go's golang.org/x/mod/sumdb/note, where the format comes from. */
const GO_KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const GO_TEXT =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const GO_NOTE = `${GO_TEXT}\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;

describe('a signed note', () => {
  it('signed by another implementation verifies', () => expect(verifyNote(GO_NOTE, GO_KEY)).toBe(GO_TEXT));

  it('verifies under no other key, name or text', () => {
    expect(verifyNote(GO_NOTE, signer.key)).toBeNull();
    expect(verifyNote(GO_NOTE.replace('answer', 'Answer'), GO_KEY)).toBeNull();
    expect(verifyNote(GO_NOTE.replace('— Peter', '— Pieter'), GO_KEY)).toBeNull();
    expect(verifyNote(GO_NOTE, GO_KEY.replace('c74f20a3', 'c74f20a4'))).toBeNull();
    expect(verifyNote(GO_TEXT, GO_KEY)).toBeNull();
  });

  it('reads back what was written', () => {
    const note = { text: 'a\n\nb\n', signatures: [{ name: 'x', signature: 'AAAA' }] };
    expect(parseNote(formatNote(note))).toEqual(note);
    expect(parseNote('a\u0001\n\n\u2014 x AAAA\n')).toBeNull();
    expect(parseNote('a\n\n- x AAAA\n')).toBeNull();
  });
});

describe('a checkpoint', () => {
  it('of the C2SP example is read as it is meant', () => {
    const text = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
    const head = {
      origin: 'example.com/behind-the-sofa',
      size: 20852163,
      root: 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=',
    };
    expect(parseCheckpoint(text)).toEqual(head);
    expect(formatCheckpoint(head)).toBe(text);
  });

  it.each([
    `o\n01\n${root}\n`,
    `\n1\n${root}\n`,
    'o\n1\nAAAA\n',
    `o\n1\n${root}\nextension\n`,
    `o\n1\n${root}`,
  ])('is not %j', (text) => {
    expect(parseCheckpoint(text)).toBeNull();
  });

  it('states size and root under the log’s key, and loses its word with any change', () => {
    const note = signer.sign({ size: 3, root });
    expect(verifyCheckpointNote(note, signer.key)).toEqual({ origin: signer.origin, size: 3, root });
    expect(verifyCheckpointNote(note.replace('\n3\n', '\n4\n'), signer.key)).toBeNull();
  });

  it('has a key with the C2SP key id, and the same origin each time the key is opened', () => {
    expect(signer.key).toMatch(/^stateside\/log\/[0-9a-f]{16}\+[0-9a-f]{8}\+[A-Za-z0-9+/]+=*$/);
    expect(openCheckpointSigner(keyFile).key).toBe(signer.key);
  });

  it('is not signed with a file that holds no key', () => {
    writeFileSync(join(folder, 'no-key.pem'), 'no key');
    expect(() => openCheckpointSigner(join(folder, 'no-key.pem'))).toThrow(
      /no-key.pem is not a readable private key/,
    );
  });
});
