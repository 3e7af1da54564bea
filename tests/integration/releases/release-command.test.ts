import { Command } from 'commander';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { releaseCommand } from '../../../electron/cli/commands/release.ts';
import { exitCode, StatesideError } from '../../../shared/domain/error.ts';
import { bundleFiles, bundleFolder } from './sample-bundle.ts';
import { zipEntries, zipFile } from './zip-bytes.ts';

afterEach(() => void vi.restoreAllMocks());

async function run(...args: string[]): Promise<string> {
  let printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  const program = new Command('stateside').option('--json').addCommand(releaseCommand());
  await program.parseAsync(args, { from: 'user' });
  return printed;
}

describe('stateside release', () => {
  it('inspect shows manifest, digest, heads, outputs, where the data is from, and files with digests', async () => {
    const text = await run('release', 'inspect', bundleFolder());
    for (const part of [
      'us-ranker 1.0 (us)',
      'like: 1 × p_like',
      'e_play: float32 [N]',
      'us-log: US, 10 rows',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).toMatch(/^ {2}[0-9a-f]{64} +\d+ {2}model\.onnx$/m);
  });

  it('inspect --json prints one document with the same digest for folder and zip', async () => {
    const folder: unknown = JSON.parse(await run('--json', 'release', 'inspect', bundleFolder()));
    const zip: unknown = JSON.parse(
      await run('--json', 'release', 'inspect', zipFile(zipEntries(bundleFiles()))),
    );
    expect(zip).toEqual(folder);
    expect(folder).toMatchObject({ manifest: { name: 'us-ranker' }, features: ['age', 'watched'] });
  });

  it('check lists what was checked', async () => {
    const text = await run('release', 'check', bundleFolder());
    expect(text).toContain('us-ranker 1.0 (us) is sound.');
    expect(text).toContain('✓ onnxruntime loaded the model and ran it');
  });

  it('check ends with exit code 2 and the reason where a bundle is refused', async () => {
    const path = bundleFolder(bundleFiles({ 'run.sh': 'echo' }));
    const error = await run('release', 'check', path).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StatesideError);
    if (!(error instanceof StatesideError)) return;
    expect(error.message).toBe(`${path} holds "run.sh", which is not a file of a release; take it out.`);
    expect(exitCode(error.code)).toBe(2);
  });
});
