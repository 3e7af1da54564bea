import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildSample } from '../../../resources/sample/build/build.ts';

const sample = join(import.meta.dirname, '../../../resources/sample');
const rebuilt = mkdtempSync(join(tmpdir(), 'stateside-sample-'));

beforeAll(() => buildSample(join(sample, 'source'), rebuilt, () => undefined), 120_000);
afterAll(() => rmSync(rebuilt, { recursive: true }));

function digests(root: string, paths: readonly string[]): Map<string, string> {
  const sha256 = (path: string) =>
    createHash('sha256')
      .update(readFileSync(join(root, path)))
      .digest('hex');
  return new Map(paths.map((path) => [path, sha256(path)]));
}

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();

test('the build makes the bundled sample again, byte for byte and nothing else', () => {
  const built = filesUnder(rebuilt);
  const bundled = filesUnder(sample).filter(
    (path) => path.startsWith('releases/') || path.endsWith('.sqlite'),
  );
  expect(built).toHaveLength(25);
  expect(built).toEqual(bundled);
  expect(digests(rebuilt, built)).toEqual(digests(sample, built));
});
