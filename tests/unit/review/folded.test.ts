import fc from 'fast-check';
import { expect, test } from 'vitest';
import { folded } from '../../../shared/domain/review/full-text.ts';

test.each([
  ['ÄPFEL', 'äpfel'],
  ['São Paulo', 'SAO PAULO'],
  ['ПРИВЕТ', 'привет'],
  ['ΟΔΟΣ', 'οδος'],
  ['ΟΔΟΣ', 'οδοσ'],
  ['Straße', 'STRASSE'],
  ['ﬁne ①', 'FINE 1'],
  ['cafe\u0301', 'CAFÉ'],
  ['İstanbul', 'istanbul'],
  ['ＡＢＣ', 'abc'],
])('%s is found as %s', (one, other) => {
  expect(folded(one)).toBe(folded(other));
});

test('letters that differ by more than case and accents stay apart', () => {
  expect(folded('か')).not.toBe(folded('が'));
  expect(folded('и')).not.toBe(folded('н'));
});

test('case never matters, folding twice changes nothing, and parts stay parts', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (text, more) => {
      expect(folded(text.toUpperCase())).toBe(folded(text));
      expect(folded(folded(text))).toBe(folded(text));
      expect(folded(`${more} ${text} ${more}`)).toContain(folded(text));
    }),
    { numRuns: 20_000 },
  );
});
