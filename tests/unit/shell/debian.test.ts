import { describe, expect, it } from 'vitest';
import { librariesToPackages } from '../../runtime/debian.ts';

describe('system libraries that a window lacks', () => {
  it('are named by their Debian packages, each once', () => {
    expect(librariesToPackages(['libnss3.so', 'libnssutil3.so', 'libgtk-3.so.0', 'libasound.so.2'])).toEqual([
      'libnss3',
      'libgtk-3-0',
      'libasound2',
    ]);
  });

  it('stand for themselves where the package is not known', () => {
    expect(librariesToPackages(['libstrange.so.9'])).toEqual(['libstrange.so.9']);
  });
});
