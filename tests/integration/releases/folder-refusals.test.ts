import { execFileSync } from 'node:child_process';
import {
  linkSync,
  mkdirSync,
  openSync,
  closeSync,
  ftruncateSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openBundle } from '../../../electron/services/releases/bundle.ts';
import { importBundle } from '../../../electron/services/releases/import-bundle.ts';
import { bundleFiles, bundleFolder, emptyFolder, safetensors } from './sample-bundle.ts';

async function expectRefusal(root: string, sentence: RegExp): Promise<void> {
  const releases = emptyFolder();
  await expect(openBundle(root)).rejects.toThrow(sentence);
  await expect(openBundle(root)).rejects.toThrow(root);
  await expect(importBundle(root, releases)).rejects.toThrow(sentence);
  expect(readdirSync(releases)).toEqual([]);
}

/** Opcodes of Python's pickle of {"a": 1}, protocols 0, 2 and 4. */
const pickles = {
  'protocol 0': Buffer.from('(dp0\nVa\np1\nI1\ns.', 'latin1'),
  'protocol 2': Buffer.from('\x80\x02}q\x00X\x01\x00\x00\x00aq\x01K\x01s.', 'latin1'),
  'protocol 4': Buffer.from(
    '\x80\x04\x95\x0a\x00\x00\x00\x00\x00\x00\x00}\x94\x8c\x01a\x94K\x01s.',
    'latin1',
  ),
};

describe('a folder is refused', () => {
  it('for a symbolic link in place of a file', async () => {
    const root = bundleFolder();
    rmSync(join(root, 'model-card.md'));
    symlinkSync('/etc/hostname', join(root, 'model-card.md'));
    await expectRefusal(root, /holds "model-card\.md", which is a symbolic link/);
  });

  it('for a symbolic link in place of the weights folder', async () => {
    const root = bundleFolder();
    symlinkSync(emptyFolder(), join(root, 'weights'));
    await expectRefusal(root, /holds "weights", which is not a folder of its own/);
  });

  it('for a hard link to a file elsewhere', async () => {
    const root = bundleFolder();
    const elsewhere = join(emptyFolder(), 'secret');
    writeFileSync(elsewhere, 'secret');
    rmSync(join(root, 'model-card.md'));
    linkSync(elsewhere, join(root, 'model-card.md'));
    await expectRefusal(root, /holds "model-card\.md", which is a hard link/);
  });

  it.skipIf(process.platform === 'win32')('for a named pipe, without waiting for its writer', async () => {
    const root = bundleFolder();
    rmSync(join(root, 'policy.yaml'));
    execFileSync('mkfifo', [join(root, 'policy.yaml')]);
    await expectRefusal(root, /holds "policy\.yaml", which is a device, pipe or socket/);
  });

  it.skipIf(process.platform === 'win32')('for a socket', async () => {
    const root = bundleFolder(bundleFiles());
    rmSync(join(root, 'policy.yaml'));
    const server = createServer();
    await new Promise<void>((resolve) => void server.listen(join(root, 'policy.yaml'), resolve));
    onTestFinished(() => void server.close());
    await expectRefusal(root, /holds "policy\.yaml", which is a device, pipe or socket/);
  });

  it('for another folder, hidden ones too', async () => {
    const root = bundleFolder();
    mkdirSync(join(root, '.git'));
    await expectRefusal(root, /holds "\.git", which is not a folder of a release/);
  });

  it('for a folder within weights', async () => {
    const root = bundleFolder();
    mkdirSync(join(root, 'weights/deep.safetensors'), { recursive: true });
    await expectRefusal(root, /holds "weights\/deep\.safetensors", which is not a folder of a release/);
  });

  it('for a file that no release has', async () => {
    await expectRefusal(
      bundleFolder(bundleFiles({ 'setup.py': '' })),
      /holds "setup\.py", which is not a file of a release/,
    );
  });

  it.each(['tower.pkl', 'tower.PT', 'tower.pth', 'pytorch_model.bin', 'last.ckpt', 'a.joblib', 'a.pickle'])(
    'for the pickle weights/%s',
    async (name) => {
      await expectRefusal(
        bundleFolder(bundleFiles({ [`weights/${name}`]: 'x' })),
        /which is a pickle by its name, and reading one runs code/,
      );
    },
  );

  it('for a pickle named as a paper', async () => {
    const root = bundleFolder(bundleFiles({ 'model-card.md': pickles['protocol 2'] }));
    await expectRefusal(root, /"model-card\.md", which is a pickle by its first bytes/);
  });

  it.each(Object.entries(pickles))('for a pickle of %s named .safetensors', async (_protocol, bytes) => {
    const root = bundleFolder(bundleFiles({ 'weights/tower.safetensors': bytes }));
    await expectRefusal(
      root,
      /tower\.safetensors(", which is a pickle by its first bytes|.*it is not a safetensors file)/,
    );
  });

  it('for a PyTorch archive named .safetensors', async () => {
    const name = 'archive/data.pkl';
    const archive = Buffer.concat([
      Buffer.from('PK\u0003\u0004'),
      Buffer.alloc(22),
      Buffer.from([name.length, 0, 0, 0]),
      Buffer.from(name),
    ]);
    const root = bundleFolder(bundleFiles({ 'weights/tower.safetensors': archive }));
    await expectRefusal(root, /which is a PyTorch archive with a pickle in it/);
  });

  it('for a zip archive named model.onnx', async () => {
    const archive = Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(40)]);
    await expectRefusal(
      bundleFolder(bundleFiles({ 'model.onnx': archive })),
      /"model\.onnx", which is a zip archive under another name/,
    );
  });

  it.each([
    [
      'overlap',
      [['a', 'U8', [0, 4]] as const, ['b', 'U8', [2, 6]] as const],
      /"b" overlaps the one before it at byte/,
    ],
    ['leave a gap', [['a', 'U8', [0, 1]] as const, ['b', 'U8', [3, 6]] as const], /"b" leaves a gap at byte/],
    ['have a type that nobody knows', [['a', 'F7', [0, 6]] as const], /"a" has the unknown dtype F7/],
  ])('for a checkpoint whose tensors %s', async (_, tensors, sentence) => {
    const entries = tensors.map(([name, dtype, [from, to]]) => {
      return [name, { dtype, shape: [to - from], data_offsets: [from, to] }] as const;
    });
    const header = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    const bytes = Buffer.concat([length, header, Buffer.alloc(6)]);
    await expectRefusal(bundleFolder(bundleFiles({ 'weights/tower.safetensors': bytes })), sentence);
  });

  it('for a checkpoint whose tensors lie past its end', async () => {
    const whole = safetensors(Float32Array.of(1, 2, 3));
    await expect(
      openBundle(bundleFolder(bundleFiles({ 'weights/tower.safetensors': whole }))),
    ).resolves.toBeDefined();
    const cut = bundleFiles({ 'weights/tower.safetensors': whole.subarray(0, -4) });
    await expectRefusal(
      bundleFolder(cut),
      /tower\.safetensors ends at byte \d+, before its tensor "tower" does at byte \d+/,
    );
  });

  it.each([
    'release.yaml',
    'model.onnx',
    'policy.yaml',
    'features.json',
    'training-data.json',
    'model-card.md',
  ])('when it lacks %s', async (name) => {
    const root = bundleFolder();
    rmSync(join(root, name));
    await expectRefusal(
      root,
      new RegExp(`lacks ${name.replace('.', '\\.')}; every release holds its papers`),
    );
  });

  it('for a paper of more than 4 MiB', async () => {
    const root = bundleFolder(bundleFiles({ 'model-card.md': Buffer.alloc(4 * 2 ** 20 + 1, 'x') }));
    await expectRefusal(root, /"model-card\.md", which has 4194305 bytes; a paper has at most 4194304/);
  });

  it('for more bytes than a release has, before any is read', async () => {
    const root = bundleFolder();
    const file = openSync(join(root, 'model.onnx'), 'w');
    ftruncateSync(file, 17 * 2 ** 30);
    closeSync(file);
    await expectRefusal(root, /unpacks to 182\d+ bytes; a release has at most 17179869184/);
  });
});

it('a path that is neither folder nor file, or not there, is refused', async () => {
  await expect(openBundle('/nowhere/candidate')).rejects.toThrow(/\/nowhere\/candidate does not exist/);
  await expect(openBundle('/dev/null')).rejects.toThrow(/\/dev\/null is neither a folder nor a \.zip/);
});
