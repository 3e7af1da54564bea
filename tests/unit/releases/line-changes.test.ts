import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineChanges } from '../../../shared/domain/release/line-changes.ts';

const letters = (text: string): string => text.split('').join('\n');

/** Takes the removed lines out and puts the added ones in. */
function applied(before: string, changes: ReturnType<typeof lineChanges>): string {
  const removed = new Set(changes.filter(({ kind }) => kind === 'removed').map(({ line }) => line));
  const kept = before.split('\n').filter((_, at) => !removed.has(at + 1));
  for (const { line, text } of changes.filter(({ kind }) => kind === 'added')) kept.splice(line - 1, 0, text);
  return kept.join('\n');
}

describe('the lines that differ between two texts', () => {
  it('are none where the texts are the same but for their line ends', () => {
    expect(lineChanges('# Model\nfor US feeds\n', '# Model\r\nfor US feeds')).toEqual([]);
  });

  it('leave the longest common part alone, with the number of each line in its own version', () => {
    expect(lineChanges('a\nb\nc\nd\n', 'a\nc\nx\nd\n')).toEqual([
      { kind: 'removed', line: 2, text: 'b' },
      { kind: 'added', line: 3, text: 'x' },
    ]);
  });

  it('is what diff(1) counts for the example of Hunt and McIlroy (1976): 2 lines out, 6 in', () => {
    // abcdfghjqz and abcdefgijkrxyz share abcdfgjz
    const changes = lineChanges(letters('abcdfghjqz'), letters('abcdefgijkrxyz'));
    expect(changes.filter(({ kind }) => kind === 'removed').map(({ text }) => text)).toEqual(['h', 'q']);
    expect(changes.filter(({ kind }) => kind === 'added').map(({ text }) => text)).toEqual([
      'e',
      'i',
      'k',
      'r',
      'x',
      'y',
    ]);
  });

  it('make the later text of the earlier one, whatever the two are', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const changes = lineChanges(before.join('\n'), after.join('\n'));
        expect(applied(before.join('\n'), changes)).toBe(after.join('\n'));
      }),
    );
  });
});
