import { readdirSync, readFileSync, writeFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeOnnx } from '../../../electron/services/onnx/write.ts';
import { openBundle } from '../../../electron/services/releases/bundle.ts';
import { importBundle } from '../../../electron/services/releases/import-bundle.ts';
import { verifyStoredBundle } from '../../../electron/services/releases/stored-bundle.ts';
import { bundleFiles, bundleFolder, emptyFolder, safetensors, twoHeads } from './sample-bundle.ts';
import { zipEntries, zipFile } from './zip-bytes.ts';

const files = bundleFiles({
  'weights/tower.safetensors': safetensors(Float32Array.of(1, 2)),
  'model.sig': '{}',
});

describe('an import', () => {
  it('stores the same bytes under their digest, from a folder or a zip', async () => {
    for (const path of [bundleFolder(files), zipFile(zipEntries(files))]) {
      const releases = join(emptyFolder(), 'new', 'releases');
      const bundle = await importBundle(path, releases);
      expect(readdirSync(releases)).toEqual([bundle.digest]);
      expect(bundle.root).toBe(join(releases, bundle.digest));
      expect(bundle.modelPath).toBe(join(bundle.root, 'model.onnx'));
      for (const [name, bytes] of Object.entries(files)) {
        expect(readFileSync(join(bundle.root, name))).toEqual(Buffer.from(bytes));
      }
      expect((await openBundle(bundle.root)).digest).toBe(bundle.digest);
    }
  });

  it('of the same bytes twice, or at once, is one release', async () => {
    const releases = emptyFolder();
    const [first, second] = await Promise.all([
      importBundle(bundleFolder(files), releases),
      importBundle(zipFile(zipEntries(files)), releases),
    ]);
    const third = await importBundle(bundleFolder(files), releases);
    expect(new Set([first.root, second.root, third.root]).size).toBe(1);
    expect(readdirSync(releases)).toEqual([first.digest]);
  });

  it('refuses to pass off a stored copy that was changed since', async () => {
    const releases = emptyFolder();
    const { root } = await importBundle(bundleFolder(files), releases);
    writeFileSync(join(root, 'model-card.md'), '# Another card\n');
    await expect(importBundle(bundleFolder(files), releases)).rejects.toThrow(
      /its copy .* was changed since; restore that copy/,
    );
    expect(readFileSync(join(root, 'model-card.md'), 'utf8')).toBe('# Another card\n');
    expect(readdirSync(releases)).toHaveLength(1);
  });

  it('leaves nothing behind when an entry breaks off midway', async () => {
    const releases = emptyFolder();
    const broken = { name: 'weights/z.safetensors', data: Buffer.from('text'), statedChecksum: 1 };
    await expect(importBundle(zipFile([...zipEntries(files), broken]), releases)).rejects.toThrow(
      /is damaged/,
    );
    expect(readdirSync(releases)).toEqual([]);
  });

  it('leaves nothing behind when the last step, the renaming, fails', async () => {
    const releases = emptyFolder();
    const { digest } = await openBundle(bundleFolder(files));
    writeFileSync(join(releases, digest), 'a file in the way');
    await expect(importBundle(bundleFolder(files), releases)).rejects.toThrow(digest);
    expect(readdirSync(releases)).toEqual([digest]);
    expect(readFileSync(join(releases, digest), 'utf8')).toBe('a file in the way');
  });

  it('runs the model before it is stored, and names the file as it was handed in', async () => {
    const unknownOperator = {
      ...twoHeads,
      nodes: [...twoHeads.nodes, { op: 'NoSuchOp', inputs: ['features'], outputs: ['x'] }],
    };
    const releases = emptyFolder();
    const path = bundleFolder(bundleFiles({ 'model.onnx': writeOnnx(unknownOperator) }));
    const importing = importBundle(path, releases);
    await expect(importing).rejects.toThrow(`${path}/model.onnx cannot be loaded as an ONNX model`);
    await expect(importing).rejects.not.toThrow('.incoming-');
    await expect(importing).rejects.toThrow('NoSuchOp');
    expect(readdirSync(releases)).toEqual([]);
  });
});

describe('a stored bundle is intact', () => {
  it('until a byte of it changes, or a file comes or goes', async () => {
    const changes: ((root: string) => void)[] = [
      (root) => writeFileSync(join(root, 'policy.yaml'), `${String(files['policy.yaml'])}# lower\n`),
      (root) => writeFileSync(join(root, 'weights/tower.safetensors'), safetensors(Float32Array.of(1, 3))),
      (root) => rmSync(join(root, 'weights/tower.safetensors')),
      (root) => rmSync(join(root, 'model.onnx')),
      (root) => mkdirSync(join(root, 'extra')),
      (root) => rmSync(root, { recursive: true }),
    ];
    for (const change of changes) {
      const { root, digest } = await importBundle(bundleFolder(files), emptyFolder());
      expect(await verifyStoredBundle(root, digest)).toBe(true);
      change(root);
      expect(await verifyStoredBundle(root, digest)).toBe(false);
    }
  });
});
