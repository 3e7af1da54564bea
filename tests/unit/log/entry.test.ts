import fc from 'fast-check';
import { expect, it } from 'vitest';
import { entryText, requireEntry } from '../../../shared/domain/log/entry.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';

const word = fc.string({ unit: 'grapheme', minLength: 1 });
const entry = fc.record({
  seq: fc.nat(),
  at: fc.constant('2026-11-20T12:00:00.000Z'),
  actor: word,
  action: word,
  subject: fc.string({ unit: 'binary' }),
  body: fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value))),
  previous: fc.constantFrom(null, 'c'.repeat(64)),
});

it('writes an entry as RFC 8785 does', () =>
  fc.assert(
    fc.property(entry, (made) => {
      expect(entryText(made, canonicalJson(made.body))).toBe(canonicalJson(made));
    }),
  ));

const event = {
  at: '2026-11-20T12:00:00.000Z',
  actor: 'a',
  action: 'b',
  subject: '\ud83d\ude00',
  body: null,
};

it('takes what UTF-8 can say, an empty subject too', () => {
  expect(() => requireEntry(event)).not.toThrow();
  expect(() => requireEntry({ ...event, subject: '' })).not.toThrow();
});

it.each(['actor', 'action', 'subject'])('takes no %s that UTF-8 cannot say', (field) =>
  expect(() => requireEntry({ ...event, [field]: 'half of \ud83d' })).toThrow('half a surrogate pair'),
);

it.each([
  ['nobody', { actor: '' }],
  ['of nothing', { action: '' }],
  ['no moment', { at: 'yesterday' }],
  ['no moment', { at: '2026-11-20T12:00:00+01:00' }],
])('takes no event that is %s', (words, changed) =>
  expect(() => requireEntry({ ...event, ...changed })).toThrow(words),
);
