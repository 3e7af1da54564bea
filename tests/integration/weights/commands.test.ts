import { Command } from 'commander';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { releaseCommand } from '../../../electron/cli/commands/release.ts';
import { weightsCommand } from '../../../electron/cli/commands/weights.ts';
import { ReleaseChanges } from '../../../shared/domain/release/changes.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import { bundleFiles, bundleFolder, safetensors } from '../releases/sample-bundle.ts';

afterEach(() => void vi.restoreAllMocks());

async function run(...args: string[]): Promise<string> {
  let printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  const program = new Command('stateside')
    .option('--json')
    .addCommand(weightsCommand())
    .addCommand(releaseCommand());
  await program.parseAsync(args, { from: 'user' });
  return printed;
}

const withTower = (...values: number[]) =>
  bundleFolder(bundleFiles({ 'weights/tower.safetensors': safetensors(Float32Array.from(values)) }));

describe('stateside weights', () => {
  it('stats lists the tensors of model and checkpoints, suspicious ones first, and the totals', async () => {
    const text = await run('weights', 'stats', withTower(1, NaN));
    const lines = text.split('\n');
    expect(lines[1]).toMatch(/^weights\/tower\.safetensors: tower .* 1 NaN$/);
    expect(lines.slice(2, 4).join()).toMatch(/like .*play/s);
    expect(text).toContain('3 tensors, 6 parameters, 24 bytes');
  });

  it('stats --tensor shows one in full, --json as one document', async () => {
    expect(await run('weights', 'stats', withTower(), '--tensor', 'like')).toContain('range      1 to 2');
    const document: unknown = JSON.parse(
      await run('--json', 'weights', 'stats', withTower(), '--tensor', 'like'),
    );
    expect(document).toMatchObject({
      tensors: [{ name: 'like', spread: { min: 1, max: 2, mean: 1.5, std: 0.5 } }],
    });
  });

  it('diff says which tensors changed', async () => {
    const text = await run('weights', 'diff', withTower(3, 4), withTower(3, 0));
    expect(text).toMatch(/tower +changed +F32 \[2\] +0\.8 +0\.6 +4 +50\.00 %/);
    expect(text).toContain('2 of 3 tensors are equal.');
  });

  it.each([
    ['is missing', ['weights', 'stats', '/nowhere.onnx'], '/nowhere.onnx does not exist'],
    ['is of another kind', ['weights', 'stats', import.meta.filename], 'is neither .safetensors nor .onnx'],
  ])('refuses a file that %s', async (_, args, reason) => {
    await expect(run(...args)).rejects.toThrow(reason);
  });

  it('refuses a tensor that is not there', async () => {
    await expect(run('weights', 'stats', withTower(), '--tensor', 'gone')).rejects.toThrow(
      'no tensor "gone"',
    );
  });
});

describe('stateside weights neighbours', () => {
  // rows: (1,0) (2,0.1) (0,1) (0,0) (-1,0); by angle from row 0: 1, 2, 4; the row of zeros has none
  const before = [1, 0, 2, 0.1, 0, 1, 0, 0, -1, 0];
  const after = [1, 0, 0, 2, 1, 1, 1, 0.1, -1, 0];
  const table = (values: readonly number[]) =>
    bundleFolder(bundleFiles({ 'weights/t.safetensors': safetensors(Float32Array.from(values), [5, 2]) }));
  const name = ['--tensor', 'weights/t.safetensors: tower', '--row', '0'];

  it('lists the nearest rows and how many stay between versions', async () => {
    const document: unknown = JSON.parse(
      await run('--json', 'weights', 'neighbours', table(before), table(after), ...name, '--count', '2'),
    );
    expect(document).toMatchObject({
      before: [{ row: 1 }, { row: 2, cosine: 0 }],
      later: [{ row: 3 }, { row: 2 }],
      overlap: 0.5,
    });
    expect(await run('weights', 'neighbours', table(before), ...name)).toMatch(
      /1 +0\.998752\n +2 +0\.000000\n +4 +-1\.000000\n$/,
    );
  });

  it('refuses a row that is not there, and what is no table', async () => {
    const row = ['--tensor', 'weights/t.safetensors: tower', '--row', '5'];
    await expect(run('weights', 'neighbours', table(before), ...row)).rejects.toThrow('rows are 0 to 4');
    await expect(
      run('weights', 'neighbours', withTower(1, 2), ...name.with(1, 'weights/tower.safetensors: tower')),
    ).rejects.toThrow('is no table');
  });
});

describe('stateside release diff', () => {
  it('goes through policy, tensors, features, training data and papers', async () => {
    const releases = join(import.meta.dirname, '../../../resources/sample/releases');
    const text = await run('release', 'diff', join(releases, 'us-2026.10.0'), join(releases, 'us-2026.11.0'));
    const order = ['Policy', 'Tensors', 'Features', 'Training data', 'Papers'].map((title) =>
      text.search(new RegExp(`^${title}$`, 'm')),
    );
    expect(order).toEqual(order.toSorted((left, right) => left - right));
    expect(text).toMatch(/layer0\.weight +reshaped/);
    expect(text).toMatch(/^ {2}version: us-2026\.10\.0 → us-2026\.11\.0$/m);
    expect(text).toMatch(/^ {2}like 0\.5 → 10: 20 times stronger$/m);
  });

  it('says with a snapshot how many feeds each change of policy changes, and refuses what is none', async () => {
    const sample = join(import.meta.dirname, '../../../resources/sample');
    const pair = ['us-2026.10.0', 'us-2026.11.0-rc1'].map((name) => join(sample, 'releases', name));
    const snapshot = join(sample, 'us-2022-04.snapshot.sqlite');
    const text = await run('release', 'diff', ...pair, '--snapshot', snapshot);
    expect(text).toMatch(/^ {2}hate −74 → −0\.5: 148 times weaker; \d+ % of feeds change in the top 10$/m);
    expect(text).toMatch(/^ {2}All of it, on 500 requests: \d+ % of feeds change in the top 10$/m);
    await expect(
      run('release', 'diff', ...pair, '--snapshot', join(pair[0] ?? '', 'policy.yaml')),
    ).rejects.toThrow('is not a snapshot');
  });

  it('prints with --json the very bytes whose SHA-256 it names', async () => {
    const releases = join(import.meta.dirname, '../../../resources/sample/releases');
    const pair = [join(releases, 'us-2026.10.0'), join(releases, 'us-2026.11.0-rc1')];
    const document = await run('--json', 'release', 'diff', ...pair);
    vi.restoreAllMocks();
    const text = await run('release', 'diff', ...pair);
    expect(text).toContain(`Digest ${createHash('sha256').update(document).digest('hex')}`);
    expect(ReleaseChanges.parse(JSON.parse(document)).after.version).toBe('us-2026.11.0-rc1');
    expect(canonicalJson(JSON.parse(document))).toBe(document);
  });

  it('says so where nothing differs', async () => {
    const text = await run('release', 'diff', bundleFolder(), bundleFolder());
    expect(text.match(/no difference/g)).toHaveLength(4);
    expect(text).toMatch(/^Digest [0-9a-f]{64}$/m);
    expect(text).toContain('2 of 2 tensors are equal.');
  });
});
