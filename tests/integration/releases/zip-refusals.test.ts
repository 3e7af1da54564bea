import { readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openBundle } from '../../../electron/services/releases/bundle.ts';
import { importBundle } from '../../../electron/services/releases/import-bundle.ts';
import { BUNDLE_LIMITS } from '../../../electron/services/releases/source.ts';
import { openZip } from '../../../electron/services/releases/zip-source.ts';
import { bundleFiles, bundleFolder, emptyFolder } from './sample-bundle.ts';
import { zipBytes, zipEntries, zipFile, type ZipEntry } from './zip-bytes.ts';

const sound = zipEntries(bundleFiles());
const text = Buffer.from('text');
const zeros = Buffer.alloc(8 * 2 ** 20);

beforeEach(() => void vi.stubEnv('TMPDIR', emptyFolder()));
afterEach(() => void vi.unstubAllEnvs());

const unpackedFolders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('stateside-bundle-'));

/** The sound bundle with the entry of one name exchanged. */
const exchanged = (name: string, change: Partial<ZipEntry>): ZipEntry[] =>
  sound.map((entry) => (entry.name === name ? { ...entry, ...change } : entry));

describe('a zip of a bundle', () => {
  it('is the same release as its folder, with or without the folder around it', async () => {
    const folder = await openBundle(bundleFolder());
    const inside = sound.map((entry) => ({ ...entry, name: `us-ranker/${entry.name}` }));
    const around: ZipEntry = { name: 'us-ranker/', data: Buffer.alloc(0), method: 0, mode: 0o040755 };
    for (const entries of [sound, [around, ...inside], sound.map((entry) => ({ ...entry, method: 0 }))]) {
      const bundle = await openBundle(zipFile(entries));
      expect(bundle.digest).toBe(folder.digest);
      expect(bundle.files).toEqual(folder.files);
      await bundle.dispose();
    }
  });

  it('leaves nothing in the temporary folder once it is disposed of', async () => {
    const before = unpackedFolders();
    const bundle = await openBundle(zipFile(sound));
    expect(unpackedFolders()).toHaveLength(before.length + 1);
    await bundle.dispose();
    expect(unpackedFolders()).toEqual(before);
  });
});

const attacks: [what: string, entries: ZipEntry[], sentence: RegExp][] = [
  [
    'an absolute path',
    [...sound, { name: '/etc/cron.d/x', data: text }],
    /holds "\/etc\/cron\.d\/x", which is an absolute path/,
  ],
  [
    'a drive letter',
    [...sound, { name: 'C:/x.md', data: text }],
    /holds "C:\/x\.md", which is an absolute path/,
  ],
  [
    'a path that climbs out',
    [...sound, { name: '../x.md', data: text }],
    /holds "\.\.\/x\.md", which leads out of the bundle by "\.\."/,
  ],
  [
    'a path that climbs out midway',
    [...sound, { name: 'weights/../../x', data: text }],
    /which leads out of the bundle/,
  ],
  [
    'a backslash',
    [...sound, { name: '..\\x.md', data: text }],
    /holds "\.\.\\\\x\.md", which has a backslash in its name/,
  ],
  ['a dot segment', [...sound, { name: './x.md', data: text }], /which is not a plain relative path/],
  [
    'a symbolic link',
    exchanged('model-card.md', { data: Buffer.from('/etc/passwd'), mode: 0o120777 }),
    /"model-card\.md", which is a symbolic link/,
  ],
  [
    'a device',
    exchanged('model-card.md', { mode: 0o020666 }),
    /"model-card\.md", which is a device, pipe or socket/,
  ],
  [
    'a pipe',
    exchanged('model-card.md', { mode: 0o010666 }),
    /"model-card\.md", which is a device, pipe or socket/,
  ],
  [
    'a socket',
    exchanged('model-card.md', { mode: 0o140666 }),
    /"model-card\.md", which is a device, pipe or socket/,
  ],
  ['an encrypted entry', exchanged('policy.yaml', { flags: 0x801 }), /"policy\.yaml", which is encrypted/],
  [
    'a strongly encrypted entry',
    exchanged('policy.yaml', { flags: 0x841 }),
    /not a zip archive that can be read \(strong encryption/,
  ],
  [
    'an unknown packing method',
    exchanged('policy.yaml', { method: 12 }),
    /"policy\.yaml", which is packed by method 12/,
  ],
  ['one name twice', [...sound, { name: 'policy.yaml', data: text }], /holds "policy\.yaml" twice/],
  [
    'one name in two cases',
    [...sound, { name: 'Policy.yaml', data: text }],
    /holds both "policy\.yaml" and "Policy\.yaml"/,
  ],
  [
    'one name in two Unicode forms',
    [
      ...sound,
      { name: 'weights/\u00e9.safetensors', data: text },
      { name: 'weights/e\u0301.safetensors', data: text },
    ],
    /which is one name on some systems/,
  ],
  [
    'a file that is not a release’s',
    [...sound, { name: 'run.sh', data: text }],
    /holds "run\.sh", which is not a file of a release/,
  ],
  [
    'a hidden character in a name',
    [...sound, { name: 'weights/a\u202ex.safetensors', data: text }],
    /which has a name that not every system can store/,
  ],
  [
    'another folder',
    [...sound, { name: 'code/', data: Buffer.alloc(0), mode: 0o040755 }],
    /holds "code\/", which is not a folder of a release/,
  ],
  ['a pickle', [...sound, { name: 'weights/tower.pkl', data: text }], /which is a pickle by its name/],
  [
    'a zip bomb',
    exchanged('model.onnx', { data: zeros }),
    /"model\.onnx", which would unpack from \d+ to 8388608 bytes as a zip bomb does/,
  ],
  [
    'a zip bomb that states a small size',
    exchanged('model.onnx', { data: zeros, statedSize: 1000 }),
    /"model\.onnx", which is damaged or states a wrong size/,
  ],
  [
    'an entry shorter than stated',
    exchanged('model-card.md', { statedSize: 1000 }),
    /"model-card\.md", which is damaged or states a wrong size/,
  ],
  [
    'an entry with a wrong checksum',
    exchanged('model-card.md', { statedChecksum: 1 }),
    /"model-card\.md", which is damaged/,
  ],
  [
    'an entry with broken packing',
    exchanged('model-card.md', { data: Buffer.alloc(50, 0xff), method: 8, statedChecksum: 1 }),
    /"model-card\.md", which is damaged/,
  ],
  [
    'entries that share bytes',
    [...sound, { name: 'model.sig', data: text, sharesWith: 0 }],
    /"model\.sig", which (overlaps another entry|differs from the archive's directory)/,
  ],
  [
    'an entry named otherwise in its own header',
    exchanged('policy.yaml', { nameInHeader: 'policy.yam_' }),
    /"policy\.yaml", which differs from the archive's directory/,
  ],
];

describe('a zip is refused', () => {
  it.each(attacks)(
    'for %s, by window and command line alike, and nothing is left behind',
    async (_what, entries, sentence) => {
      const before = unpackedFolders();
      const releases = emptyFolder();
      const path = zipFile(entries);
      await expect(openBundle(path)).rejects.toThrow(sentence);
      await expect(importBundle(path, releases)).rejects.toThrow(sentence);
      await expect(openBundle(path)).rejects.toThrow(path);
      expect(readdirSync(releases)).toEqual([]);
      expect(unpackedFolders()).toEqual(before);
    },
  );

  it('for entries whose data overlap under names of their own', async () => {
    const inner = zipBytes([{ name: 'model.sig', data: text, method: 0 }]);
    const quine = exchanged('model-card.md', { data: inner, method: 0 });
    const bytes = zipBytes([...quine, { name: 'model.sig', data: text, method: 0, sharesWith: 0 }]);
    const offset = bytes.indexOf(inner.subarray(0, 30 + 'model.sig'.length));
    const header = bytes.lastIndexOf('model.sig', bytes.length - 1) - 46;
    bytes.writeUInt32LE(offset, header + 42);
    const path = join(emptyFolder(), 'candidate.zip');
    writeFileSync(path, bytes);
    await expect(openBundle(path)).rejects.toThrow(
      /"model\.sig", which overlaps another entry as in a zip bomb/,
    );
  });

  it('for more entries than a release has files', async () => {
    const many = Array.from({ length: 300 }, (_, index) => ({
      name: `weights/${index}.safetensors`,
      data: text,
    }));
    await expect(openBundle(zipFile([...sound, ...many]))).rejects.toThrow(
      /holds 306 entries; a release has at most 256/,
    );
  });

  it('for more bytes than a release has, before anything is unpacked', async () => {
    const limits = { ...BUNDLE_LIMITS, totalBytes: 500 };
    await expect(openBundle(zipFile(sound), limits)).rejects.toThrow(
      /unpacks to \d+ bytes; a release has at most 500/,
    );
  });

  it('while a bomb unpacks, as soon as it passes the size it states', async () => {
    const bomb: ZipEntry = { name: 'model.onnx', data: Buffer.alloc(64 * 2 ** 20), statedSize: 100_000 };
    const source = await openZip(zipFile([bomb]), 'candidate.zip');
    let unpacked = 0;
    const unpack = async () => {
      for await (const chunk of source.entries[0]?.read() ?? []) unpacked += chunk.length;
    };
    await expect(unpack()).rejects.toThrow(/"model\.onnx", which is damaged or states a wrong size/);
    expect(unpacked).toBeLessThanOrEqual(100_000);
    source.close();
  });

  it('when it is cut short', async () => {
    const path = join(emptyFolder(), 'candidate.zip');
    writeFileSync(path, zipBytes(sound).subarray(0, -10));
    await expect(openBundle(path)).rejects.toThrow(/is not a zip archive that can be read/);
  });
});
