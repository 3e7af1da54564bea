import { posix } from 'node:path';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { fileProblem, findTwins, REQUIRED_FILES } from '../../../shared/domain/release/files.ts';

it('lets in what a release holds', () => {
  for (const path of [
    ...REQUIRED_FILES,
    'model.sig',
    'weights/tower.safetensors',
    'weights/émb 2.safetensors',
  ]) {
    expect(fileProblem(path)).toBeNull();
  }
});

it.each([
  'weights/nul.safetensors',
  'weights/a:b.safetensors',
  'weights/a\u0000.safetensors',
  'weights/a\u200b.safetensors',
])('keeps out %j, which not every system can store', (path) =>
  expect(fileProblem(path)).toMatch(/not every system can store/),
);

it('lets no path out of its folder, whatever it is made of', () => {
  const piece = fc.constantFrom(
    '..',
    '.',
    '',
    '/',
    '\\',
    'weights',
    'a.safetensors',
    'model.onnx',
    'C:',
    '\u0000',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), fc.constantFrom('/', ''), (pieces, separator) => {
      const path = pieces.join(separator);
      if (fileProblem(path) !== null) return;
      expect(posix.join('/bundle', path)).toBe(`/bundle/${path}`);
    }),
    { numRuns: 2000 },
  );
});

it('finds two names that one file system takes for one', () => {
  expect(findTwins(['a', 'b', 'A'])).toEqual(['a', 'A']);
  expect(findTwins(['\u00e9', 'e\u0301'])).toEqual(['\u00e9', 'e\u0301']);
  expect(findTwins(['straße', 'STRASSE'])).toEqual(['straße', 'STRASSE']);
  expect(findTwins(['a', 'b', 'ab'])).toBeNull();
});
