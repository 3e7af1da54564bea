import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { containedFile } from '../../../electron/security/contained-file.ts';
import { isAppPage, isAppUrl } from '../../../electron/security/origin.ts';
import { isOurFrame } from '../../../electron/security/sender.ts';

describe('the origin of the window', () => {
  it.each(['app://stateside/', 'app://stateside/index.html#/log', 'app://stateside/assets/a.js'])(
    'is %s',
    (url) => {
      expect(isAppUrl(url)).toBe(true);
    },
  );

  it.each([
    'app://stateside.example/',
    'app://example/stateside',
    'app://stateside:8080/',
    'https://stateside/',
    'file:///stateside',
    'data:text/html,app://stateside/',
    'app:stateside',
    'not a url',
    '',
  ])('is not %s', (url) => {
    expect(isAppUrl(url)).toBe(false);
  });

  it('has one page, at any route', () => {
    expect(isAppPage('app://stateside/index.html#/replay?sort=rbo')).toBe(true);
    expect(isAppPage('app://stateside/index.html?x=1')).toBe(false);
    expect(isAppPage('app://stateside/assets/index.html')).toBe(false);
  });

  it('speaks through its top frame only', () => {
    const url = 'app://stateside/index.html';
    expect(isOurFrame({ url, parent: null })).toBe(true);
    expect(isOurFrame({ url, parent: {} })).toBe(false);
    expect(isOurFrame({ url: 'about:blank', parent: null })).toBe(false);
    expect(isOurFrame(null)).toBe(false);
  });
});

describe('a file of the window', () => {
  let root: string;
  let folder: string;
  beforeAll(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'stateside-contained-')));
    folder = join(root, 'renderer');
    await mkdir(join(folder, 'assets'), { recursive: true });
    await mkdir(join(root, 'renderer-secrets'));
    await Promise.all([
      writeFile(join(folder, 'index.html'), ''),
      writeFile(join(folder, 'a b.js'), ''),
      writeFile(join(root, 'secret.txt'), ''),
      writeFile(join(root, 'renderer-secrets', 'key.txt'), ''),
      symlink(join(root, 'secret.txt'), join(folder, 'link.txt')),
      symlink(root, join(folder, 'up')),
    ]);
  });
  afterAll(() => rm(root, { recursive: true }));

  it('is found by its path, percent signs decoded', async () => {
    expect(await containedFile(folder, '/index.html')).toBe(join(folder, 'index.html'));
    expect(await containedFile(folder, '/a%20b.js')).toBe(join(folder, 'a b.js'));
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/../renderer-secrets/key.txt',
    '/link.txt',
    '/up/secret.txt',
    '/missing.html',
    '/index.html%00.js',
    '/%zz',
    '/',
  ])('is not %s', async (path) => {
    expect(await containedFile(folder, path)).toBeUndefined();
  });
});
