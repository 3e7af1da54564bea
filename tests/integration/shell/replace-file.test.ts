import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { replaceFile } from '../../../electron/main/write-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stateside-write-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('a saved file holds the new content and nothing stands beside it', async () => {
  const path = join(folder, 'record.json');
  await writeFile(path, 'a much longer old content');
  await replaceFile(path, 'new');
  expect(await readFile(path, 'utf8')).toBe('new');
  expect(await readdir(folder)).toEqual(['record.json']);
});

it('a file that cannot be saved is named with the reason, and nothing is left behind', async () => {
  const path = join(folder, 'taken');
  await mkdir(path);
  await expect(replaceFile(path, 'new')).rejects.toMatchObject({
    code: 'bad_input',
    message: expect.stringMatching(/taken could not be written \(EISDIR\)/),
  });
  expect(await readdir(folder)).toEqual(['taken']);
});
