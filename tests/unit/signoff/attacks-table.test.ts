import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
const ROW = /^\| (.+?) +\| `([^`]+)`: (.+?) +\|$/;

const rows = readFileSync(join(ROOT, 'resources/docs/attacks.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (?:attack|-)/.test(line))
  .map((line) => ROW.exec(line) ?? [line]);

test('every attack of the table names a test that is there', () => {
  const missing = rows.flatMap(([line, , file, words]) => {
    if (file === undefined || words === undefined) return [`not a row: ${line ?? ''}`];
    return readFileSync(join(ROOT, 'tests', file), 'utf8').includes(words) ? [] : [`${file}: ${words}`];
  });
  expect(missing).toEqual([]);
  expect(rows.length).toBeGreaterThan(50);
});
